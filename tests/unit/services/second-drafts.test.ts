/** What is typed into a second entry and not saved yet: kept for its author like any draft, and as blind as the entry. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { anne, bea, become, dora, night, openDoubleEntry, subject } from './double-entry.ts';
import { password, startProcess, type Bench } from './workbench.ts';

const place = { ...night, row: 1, item: 'night_wakes' } as const;
const first = { ...place, typed: '35', baseVersion: 1 };
const second = { ...place, typed: '361', baseVersion: 0, isSecond: true };

async function openTyping(): Promise<Bench> {
  const bench = await openDoubleEntry();
  await become(bench, bea);
  await bench.call('second.begin', night);
  await bench.call('drafts.keep', { keep: [second] });
  return bench;
}

const typedIn = async (bench: Bench): Promise<readonly string[]> =>
  (await bench.call('drafts.list', {})).map(({ typed, isSecond = false }) =>
    isSecond ? `${typed} (second)` : typed,
  );

describe('a draft of a second entry', () => {
  it('is offered to its author in the next process', async () => {
    const bench = await openTyping();
    bench.services.session.close();
    const next = startProcess(bench.folder, bench.clock);
    await next.call('site.use', { folder: bench.folder });
    await next.call('session.signIn', { user: bea, password });
    expect((await next.call('recovery.look', {})).drafts).toMatchObject([second]);
  });

  it('is offered to nobody else, whatever the role', async () => {
    const bench = await openTyping();
    for (const other of [anne, dora]) {
      await become(bench, other);
      expect(await typedIn(bench)).toEqual([]);
    }
  });

  it('stands apart from a draft of the first entry, which is not told meanwhile and not lost', async () => {
    const bench = await openDoubleEntry();
    await become(bench, bea);
    await bench.call('drafts.keep', { keep: [first] });
    await bench.call('second.begin', night);
    await bench.call('drafts.keep', { keep: [second] });
    expect(await typedIn(bench)).toEqual(['361 (second)']);
    await bench.call('second.giveBack', night);
    expect(await typedIn(bench)).toEqual(['35']);
  });

  it('is none any more once it was saved, or the entry was given back', async () => {
    const bench = await openTyping();
    await bench.call('second.save', { ...night, changes: [{ row: 1, item: 'night_wakes', value: '361' }] });
    expect(await typedIn(bench)).toEqual([]);
    bench.clock.pass(1000);
    await bench.call('drafts.keep', { keep: [second] });
    expect(await typedIn(bench)).toEqual(['361 (second)']);
    await bench.call('second.giveBack', night);
    expect(await typedIn(bench)).toEqual([]);
  });

  it('is not readable in any file, nor kept for a method that is not asked so', async () => {
    const bench = await openDoubleEntry();
    await become(bench, bea);
    await bench.call('second.begin', night);
    await bench.call('drafts.keep', { keep: [{ ...second, typed: 'quite a secret draft' }] });
    for (const name of ['drafts.cahier', 'drafts.cahier-wal'])
      expect(readFileSync(path.join(bench.folder, name), 'latin1')).not.toContain('secret draft');
    const strange = { ...second, isSecond: 'yes', subject };
    expect((await bench.refusal('drafts.keep', { keep: [strange] })).code).toBe('invalid-input');
  });
});
