import { describe, expect, it } from 'vitest';
import type { CopyOrder } from '#shared/contract/copies.ts';
import { night as signedNight, openSigned } from '../services/reviewed-subject.ts';
import type { Bench } from '../services/workbench.ts';
import { enter, intake, night, openDiary, printed, readText, sample, subject, whole } from './printing.ts';

async function textOf(bench: Bench, order: CopyOrder = whole, language: 'en' | 'fr' = 'en'): Promise<string> {
  return readText(await printed(bench, order, language));
}

describe('a casebook', () => {
  it('shows value, unit, code, who wrote it and when, and what is empty', async () => {
    const bench = await openDiary();
    await enter(bench, night, { night_temp: '19.5', night_good: '1', night_latency: '>60' });
    const text = await textOf(bench);
    expect(text).toContain('Room temperature night_temp 19.5\u00A0°C anne · 05 Mar 2024 10:30 UTC+1');
    expect(text).toContain('Good night night_good Yes [1]');
    expect(text).toContain('Time to fall asleep night_latency >60\u00A0min');
    expect(text).toContain('Wakes night_wakes empty');
    expect(text).toContain('Subject 01-S01 · BASE · Empty forms');
  });

  it('shows the reason in words where a value is missing', async () => {
    const bench = await openDiary();
    const changes = [{ row: 1, item: 'night_wakes', value: null, missing: 'ND' }];
    await bench.call('forms.save', { subject, ...night, changes });
    expect(await textOf(bench)).toMatch(/Wakes night_wakes [^<]*\(ND\)/u);
  });

  it('speaks French, with decimal commas', async () => {
    const bench = await openDiary();
    await enter(bench, night, { night_temp: '19.5' });
    const text = await textOf(bench, whole, 'fr');
    expect(text).toContain('Cahier d’observation du sujet 01-S01');
    expect(text).toContain('Température de la chambre night_temp 19,5\u00A0°C');
    expect(text).toContain('Déclaration de copie conforme');
  });

  it('names open findings, and for confirmed ones who confirmed them and why', async () => {
    const bench = await openDiary();
    await enter(bench, night, { night_temp: '35' });
    expect(await textOf(bench)).toMatch(/Finding, soft, open night_temp\.soft/u);
    const place = { subject, ...night, row: 1, item: 'night_temp' };
    await bench.call('findings.confirm', { ...place, check: 'night_temp.soft', reason: 'Heat wave' });
    expect(await textOf(bench)).toMatch(
      /Finding, soft, confirmed night_temp\.soft .* confirmed, anne \(coordinator\), 05 Mar 2024 10:30 UTC\+1; reason: Heat wave/u,
    );
  });

  it('strikes an answer that is no longer asked for, and keeps it', async () => {
    const bench = await openDiary();
    await enter(bench, intake, { intake_shift: '1', intake_since: '2019' });
    await enter(bench, intake, { intake_shift: '0' });
    const html = await printed(bench, whole);
    expect(html).toContain('<span class="given struck"><bdi>2019</bdi></span>');
    expect(readText(html)).toContain('2019 (no longer asked; kept and left out of exports)');
  });

  it('prints the history of a field with old value, new value and reason, and that of a removed row', async () => {
    const bench = await openDiary();
    await enter(bench, night, { night_temp: '19' });
    await enter(bench, night, { night_temp: '20' }, 'TYPO');
    await enter(bench, sample, { sample_assay: 'mel' });
    await bench.call('forms.removeRow', {
      subject,
      ...sample,
      group: 'SAMPLE',
      row: 1,
      reason: 'Wrong child',
    });
    const without = await textOf(bench);
    expect(without).not.toContain('19\u00A0°C → 20\u00A0°C');
    const text = await textOf(bench, { ...whole, history: true });
    expect(text).toMatch(
      /\d+ · anne \(coordinator\), 05 Mar 2024 10:30 UTC\+1 · 19\u00A0°C → 20\u00A0°C · reason: /u,
    );
    expect(text).toMatch(/Removed rows .*Assay \(row 1\): .*removed with its row · reason: Wrong child/u);
    expect(text).toMatch(/Night was begun by anne/u);
  });

  it('puts the rows of a table into a table, with a line under a row for what has no column', async () => {
    const bench = await openDiary();
    for (const row of [1, 2, 3, 4]) {
      await enter(bench, { ...sample, row }, { sample_at: '2024-03-01 08:00', sample_assay: 'mel' });
    }
    await enter(bench, { ...sample, row: 2 }, { sample_rel: '<' });
    const html = await printed(bench, whole);
    expect(html).toMatch(/<table class="form grid">/u);
    expect(html.match(/01 Mar 2024 08:00/gu)?.length).toBe(4);
    expect(readText(html)).toMatch(/Relation sample_rel: [^ ]/u);
    const history = readText(await printed(bench, { ...whole, history: true }));
    expect(history).toMatch(
      /anne \(coordinator\), 05 Mar 2024 10:30 UTC\+1 · \(empty\) → as shown, entry of each in brackets: Taken at \(\d+\), Assay \(\d+\), Relation \(\d+\)/u,
    );
  });

  it('prints each query with all that was said, and a signature with name, time, meaning and validity', async () => {
    const bench = await openSigned(signedNight);
    const place = { ...signedNight, row: 1, item: 'night_wakes' };
    const { id } = await bench.call('queries.open', { ...place, text: 'Was the window <open>?' });
    await bench.call('queries.answer', { subject: place.subject, query: id, text: 'Yes, it was' });
    const text = await textOf(bench);
    expect(text).toContain(
      'Query 1, answered asked, anne (investigator), 05 Mar 2024 10:30 UTC+1: Was the window <open>? answered, anne (coordinator), 05 Mar 2024 10:30 UTC+1: Yes, it was',
    );
    expect(text).toContain('Signed by anne, investigator');
    expect(text).toContain('Signed at 05 Mar 2024 09:30:00 UTC (10:30:00 UTC+1)');
    expect(text).toMatch(/Meaning [A-Z]/u);
    expect(text).toContain('Signature valid');

    await enter(bench, night, { night_wakes: '4' }, 'TYPO');
    expect(await textOf(bench)).toMatch(
      /Signature NO LONGER VALID: changed since N1, Night, Wakes · 05 Mar 2024 09:30:00 UTC, by anne/u,
    );
  });

  it('says on its first page who made it, when, of which state, and how to check it', async () => {
    const bench = await openDiary();
    const head = bench.services.session.authorise('signed-in').site.trail.head().hash;
    const text = await textOf(bench);
    expect(text.replace(/ /gu, '')).toContain(head);
    expect(text).toContain('Made at 05 Mar 2024 09:30:00 UTC (10:30:00 UTC+1)');
    expect(text).toContain('Made by anne, administrator');
    expect(text).toMatch(/State copied entry \d+ of the audit trail/u);
    expect(text).toContain(`:${head.slice(0, 8)}…`);
  });
});

describe('what was typed', () => {
  const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>"'><!--`;

  it('stays text, whatever it is', async () => {
    const bench = await openDiary();
    const place = { subject, ...night, row: 1, item: 'night_temp' };
    await enter(bench, night, { night_temp: '35' });
    await bench.call('findings.confirm', { ...place, check: 'night_temp.soft', reason: hostile });
    await enter(bench, night, { night_wakes: '4' }, hostile);
    const html = await printed(bench, { ...whole, history: true });
    expect(html).not.toMatch(/<script|<img|<!--|javascript:/u);
    expect(html).not.toMatch(/<[^>]*\son\w+\s*=/u);
    expect(readText(html)).toContain(hostile);
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    );
    expect(html).not.toMatch(/<[^>]*\s(?:src|href)=/u);
  });

  it('keeps its direction to itself, and shows control characters', async () => {
    const bench = await openDiary();
    const place = { subject, ...night, row: 1, item: 'night_temp' };
    await enter(bench, night, { night_temp: '35' });
    const reason = 'موجة حر \u202eabc\u0007';
    await bench.call('findings.confirm', { ...place, check: 'night_temp.soft', reason });
    expect(await printed(bench, whole)).toContain('<bdi>موجة حر \u202eabc\u2407</bdi>');
  });

  it('is printed to its end, however long it is', async () => {
    const bench = await openDiary();
    const place = { subject, ...night, row: 1, item: 'night_temp' };
    await enter(bench, night, { night_temp: '35' });
    const reason = 'x'.repeat(1990);
    await bench.call('findings.confirm', { ...place, check: 'night_temp.soft', reason });
    expect(await printed(bench, whole)).toContain(reason);
  });
});
