import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CopyOrder } from '#shared/contract/copies.ts';
import { run } from '../cli/run.ts';
import { setRoles, temporaryFolder, user } from '../services/workbench.ts';
import { ended, enter, night, openDiary, print, printed, readText, subject, whole } from './printing.ts';

const site: CopyOrder = { kind: 'casebook', subject: null, event: null, history: false };

describe('the making of a copy', () => {
  it('is an entry of the trail with the check sum of the file and the state that it shows', async () => {
    const bench = await openDiary();
    const { seq: entries, hash: head } = bench.services.session.authorise('signed-in').site.trail.head();
    const done = await print(bench, whole);
    const sha256 = createHash('sha256').update(readFileSync(done.file)).digest('hex');
    expect(done).toMatchObject({ seq: entries, head, sha256, bytes: statSync(done.file).size });
    const [entry] = (await bench.rows(
      `SELECT user, role, detail FROM audit WHERE action = 'copy.printed'`,
    )) as readonly { user: string; role: string; detail: string }[];
    expect([entry?.user, entry?.role]).toEqual([user, 'administrator']);
    expect(JSON.parse(entry?.detail ?? '')).toEqual({
      ...{ kind: 'casebook', scope: 'subject', history: false, file: 'copy.pdf' },
      ...{ seq: entries, head, sha256 },
    });
    expect(readdirSync(path.dirname(done.file))).toEqual(['copy.pdf']);
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  });

  it('is of one moment: what is saved meanwhile is not in it', async () => {
    const bench = await openDiary();
    await enter(bench, night, { night_temp: '19' });
    bench.dialog.file = path.join(temporaryFolder(), 'copy.pdf');
    const file = (await bench.call('copies.chooseFile', { order: whole }))?.file ?? '';
    const { job } = await bench.call('copies.start', { order: whole, language: 'en', file });
    await enter(bench, night, { night_wakes: '7' });
    await ended(bench, job);
    expect(readText(readFileSync(file, 'utf8'))).toMatch(/Wakes night_wakes empty/u);
  });

  it('can be cancelled, and leaves nothing behind', async () => {
    const bench = await openDiary();
    bench.dialog.file = path.join(temporaryFolder(), 'copy.pdf');
    const file = (await bench.call('copies.chooseFile', { order: site }))?.file ?? '';
    const { job } = await bench.call('copies.start', { order: site, language: 'en', file });
    await bench.call('copies.cancel', { job });
    expect((await ended(bench, job)).state).toBe('cancelled');
    expect(readdirSync(path.dirname(file))).toEqual([]);
    expect(await bench.rows(`SELECT seq FROM audit WHERE action = 'copy.printed'`)).toEqual([]);
  });

  it('is one at a time', async () => {
    const bench = await openDiary();
    bench.dialog.file = path.join(temporaryFolder(), 'copy.pdf');
    const file = (await bench.call('copies.chooseFile', { order: whole }))?.file ?? '';
    const wish = { order: whole, language: 'en', file } as const;
    const { job } = await bench.call('copies.start', wish);
    expect((await bench.refusal('copies.start', wish)).key).toBe('copy-running');
    expect((await ended(bench, job)).state).toBe('done');
  });

  it('tells what is wrong with the place, and writes nothing into the trail', async () => {
    const bench = await openDiary();
    const folder = temporaryFolder();
    for (const [file, key] of [
      [path.join(folder, 'gone', 'copy.pdf'), 'export-folder-missing'],
      [path.join(folder, 'folder.pdf'), 'export-file-stuck'],
    ] as const) {
      mkdirSync(path.join(folder, 'folder.pdf', 'inside'), { recursive: true });
      bench.dialog.file = file;
      await bench.call('copies.chooseFile', { order: whole });
      const { job } = await bench.call('copies.start', { order: whole, language: 'en', file });
      expect(await ended(bench, job)).toMatchObject({ state: 'failed', error: { key } });
    }
    expect(readdirSync(folder)).toEqual(['folder.pdf']);
    expect(await bench.rows(`SELECT seq FROM audit WHERE action = 'copy.printed'`)).toEqual([]);
  });

  it('refuses a subject or a visit that there is not', async () => {
    const bench = await openDiary();
    for (const [order, key] of [
      [{ ...whole, subject: '01-S99' }, 'subject-unknown'],
      [{ ...whole, event: 'NOWHERE' }, 'event-unknown'],
    ] as const) {
      bench.dialog.file = path.join(temporaryFolder(), 'copy.pdf');
      const file = (await bench.call('copies.chooseFile', { order }))?.file ?? '';
      const { job } = await bench.call('copies.start', { order, language: 'en', file });
      expect(await ended(bench, job)).toMatchObject({ state: 'failed', error: { key } });
    }
  });

  it('is open to every role, as every role may read', async () => {
    const bench = await openDiary();
    for (const role of ['administrator', 'data-entry', 'monitor', 'data-manager', 'investigator']) {
      setRoles(bench, user, [role]);
      expect((await print(bench, whole)).state).toBe('done');
    }
  });
});

describe('a file', () => {
  it('is one that the save dialog answered, and no other', async () => {
    const bench = await openDiary();
    const folder = temporaryFolder();
    bench.dialog.file = path.join(folder, 'chosen.pdf');
    await bench.call('copies.chooseFile', { order: whole });
    for (const name of ['other.pdf', 'chosen.pdf.pdf', 'sub/../other.pdf', '../chosen.pdf']) {
      const file = `${folder}/${name}`;
      expect((await bench.refusal('copies.start', { order: whole, language: 'en', file })).key).toBe(
        'export-file-not-chosen',
      );
    }
    for (const file of [
      'copy.pdf',
      '~/copy.pdf',
      '/tmp/site.cahier',
      '/tmp/copy.pdf\0.txt',
      '/tmp/copy.html',
    ]) {
      expect((await bench.refusal('copies.start', { order: whole, language: 'en', file })).key).toBe(
        'copy-file-unfit',
      );
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not chosen any more once the person signed out', async () => {
    const bench = await openDiary();
    const file = path.join(temporaryFolder(), 'chosen.pdf');
    bench.dialog.file = file;
    await bench.call('copies.chooseFile', { order: whole });
    await bench.call('session.signOut', {});
    await bench.call('session.signIn', { user, password: 'correct horse battery' });
    expect((await bench.refusal('copies.start', { order: whole, language: 'en', file })).key).toBe(
      'export-file-not-chosen',
    );
    expect(existsSync(file)).toBe(false);
  });
});

describe('a copy of the whole site', () => {
  it('has a part for each subject', async () => {
    const bench = await openDiary();
    await bench.call('subjects.enrol', { subject: '01-S02' });
    const text = readText(await printed(bench, site));
    expect(text).toContain('Casebooks of site 01');
    expect(text.indexOf('Subject 01-S01')).toBeLessThan(text.indexOf('Subject 01-S02'));
  });
});

describe('the command line', () => {
  it('writes the same pages as HTML, and says that the PDF is made in the window', async () => {
    const bench = await openDiary();
    await enter(bench, night, { night_temp: '19.5' });
    await bench.call('session.signOut', {});
    const out = path.join(temporaryFolder(), 'copy.html');
    const words = ['casebook', '--dir', bench.folder, '--subject', subject, '--history', '--out', out];
    const ran = await run(words);
    expect([ran.code, ran.err]).toEqual([
      0,
      `Written to ${out} as a page to print; a PDF with its margins is made in the window.\n`,
    ]);
    const html = readFileSync(out, 'utf8');
    expect(readText(html)).toContain('19.5\u00A0°C');
    expect(html).toContain('@bottom-left');
    const seq = /entry (\d+), head ([0-9a-f]{64})/u.exec(ran.out);
    expect(html.replace(/ /gu, '')).toContain(seq?.[2]);
  });

  it.each([
    [['casebook', '--out', 'x.html'], 'Name one subject with --subject, or all with --all.'],
    [
      ['casebook', '--all', '--subject', 'S', '--out', 'x.html'],
      'Name one subject with --subject, or all with --all.',
    ],
    [['casebook', '--all', '--out', 'x.pdf'], 'Without the window a copy is a page'],
    [['crf', '--out', 'x.html'], 'Choose one of --blank and --annotated.'],
  ])('refuses %j', async (words, message) => {
    const bench = await openDiary();
    await bench.call('session.signOut', {});
    const ran = await run([...words, '--dir', bench.folder]);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(message);
  });

  it('gives JSON with what the trail knows of it', async () => {
    const bench = await openDiary();
    await bench.call('session.signOut', {});
    const out = path.join(temporaryFolder(), 'crf.html');
    const ran = await run(['crf', '--dir', bench.folder, '--blank', '--out', out, '--json']);
    const { sha256 } = ran.json() as { sha256: string };
    expect(sha256).toBe(createHash('sha256').update(readFileSync(out)).digest('hex'));
  });
});
