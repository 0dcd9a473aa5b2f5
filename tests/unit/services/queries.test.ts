import { describe, expect, it } from 'vitest';
import type { MethodInput } from '#shared/bridge.ts';
import type { Query } from '#shared/query.ts';
import { openBench, password, setRoles, user, type Bench } from './workbench.ts';

const subject = '01-S01';
const night = { subject, event: 'N1', form: 'NIGHT' };
const temperature = { ...night, row: 1, item: 'night_temp' };
/** The session was locked meanwhile. */
async function later(bench: Bench, days: number): Promise<void> {
  bench.clock.pass(days * 86_400_000);
  await bench.call('session.unlock', { password });
}

async function openSubject(...answers: readonly Readonly<Record<string, string>>[]): Promise<Bench> {
  const bench = await openBench();
  await bench.call('subjects.enrol', { subject });
  for (const each of answers) await save(bench, each);
  return bench;
}
const save = (bench: Bench, answers: Readonly<Record<string, string | null>>) =>
  bench.call('forms.save', {
    ...night,
    changes: Object.entries(answers).map(([item, value]) => ({ row: 1, item, value })),
  });
const confirm = (bench: Bench, reason: string) =>
  bench.call('findings.confirm', { ...temperature, check: 'night_temp.soft', reason });
const ofTemperature = (bench: Bench): Promise<readonly Query[]> => bench.call('queries.ofItem', temperature);
const list = (bench: Bench, filter: Partial<MethodInput<'queries.list'>> = {}) =>
  bench.call('queries.list', { offset: 0, limit: 50, ...filter });
const steps = (query: Query | undefined) =>
  query?.messages.map(({ kind, text }) => [kind, text].filter((part) => part !== null).join(': '));
/** Anne at the site is also the monitor from here on. */
function monitor(bench: Bench): void {
  setRoles(bench, user, ['monitor']);
}
function dataEntry(bench: Bench): void {
  setRoles(bench, user, ['data-entry']);
}

describe('a query of a check', () => {
  it('opens in the save that brings the finding, and says what the check said', async () => {
    const bench = await openSubject();
    const { queries, findings } = await save(bench, { night_temp: '35' });
    expect(queries).toMatchObject([
      {
        subject,
        item: 'night_temp',
        check: 'night_temp.soft',
        severity: 'soft',
        state: 'open',
        closedBy: null,
      },
    ]);
    expect(queries[0]?.message).toEqual(findings.find(({ check }) => check === 'night_temp.soft')?.message);
    expect(await ofTemperature(bench)).toEqual(queries);
  });

  it('closes by correction in the save that ends the finding', async () => {
    const bench = await openSubject({ night_temp: '35' });
    const { queries } = await save(bench, { night_temp: '20' });
    expect(queries).toMatchObject([{ state: 'closed', closedBy: 'correction' }]);
    expect(steps(queries[0])).toEqual(['opened', 'closed']);
  });

  it('stays the same one while another value raises the same finding', async () => {
    const bench = await openSubject({ night_temp: '35' });
    expect((await save(bench, { night_temp: '36' })).queries).toEqual([]);
    expect(await ofTemperature(bench)).toHaveLength(1);
  });

  it('is a new one when the finding comes back', async () => {
    const bench = await openSubject({ night_temp: '35' }, { night_temp: '20' }, { night_temp: '35' });
    expect((await ofTemperature(bench)).map(({ state }) => state)).toEqual(['closed', 'open']);
  });

  it('leaves first answer, firing and correction in the trail of the field, in this order', async () => {
    const bench = await openSubject({ night_temp: '35' }, { night_temp: '20' });
    const history = await bench.call('audit.history', temperature);
    expect(history.map(({ action, old, new: after }) => [action, old?.text, after?.text])).toEqual([
      ['value.set', undefined, '35'],
      ['query.opened', undefined, undefined],
      ['value.set', '35', '20'],
      ['query.closed', undefined, undefined],
    ]);
    const [opened] = await bench.rows(
      `SELECT detail ->> 'check' AS id, detail ->> 'severity' AS severity, detail ->> 'query' AS query, origin FROM audit WHERE action = 'query.opened'`,
    );
    expect(opened).toEqual({ id: 'night_temp.soft', severity: 'soft', query: 1, origin: 'system' });
  });

  it('is not taken for where the value of its field came from', async () => {
    const bench = await openSubject({ night_temp: '35' });
    const { event, form, row, item } = temperature;
    const [origin] = await bench.call('audit.origins', { subject, places: [{ event, form, row, item }] });
    const history = await bench.call('audit.history', temperature);
    expect(history.find(({ seq }) => seq === origin?.seq)?.action).toBe('value.set');
  });

  it('is not opened for an answer that is still owed', async () => {
    const bench = await openSubject({ night_temp: '20' });
    await bench.refusal('forms.complete', night);
    expect((await list(bench)).total).toBe(0);
  });

  it('is answered with the reason when the finding is confirmed, which stays listed', async () => {
    const bench = await openSubject({ night_temp: '35' });
    const { queries, findings } = await confirm(bench, 'Heat wave');
    expect(queries).toMatchObject([{ state: 'answered' }]);
    expect(steps(queries[0])).toEqual(['opened', 'answered: Heat wave']);
    expect(findings).toMatchObject([{ check: 'night_temp.soft', status: 'confirmed' }]);
  });

  it('is open again when the finding rests on another value, and answered when the old one is back', async () => {
    const bench = await openSubject({ night_temp: '35' });
    await confirm(bench, 'Heat wave');
    expect((await save(bench, { night_temp: '36' })).queries).toMatchObject([{ state: 'open' }]);
    const { queries } = await save(bench, { night_temp: '35' });
    expect(queries).toMatchObject([{ state: 'answered' }]);
    expect(steps(queries[0])).toEqual(['opened', 'answered: Heat wave', 'reopened', 'answered']);
  });

  it('closes by correction although it was answered', async () => {
    const bench = await openSubject({ night_temp: '35' });
    await confirm(bench, 'Heat wave');
    expect((await save(bench, { night_temp: '20' })).queries).toMatchObject([{ closedBy: 'correction' }]);
  });

  it('stays accepted while its finding rests on the same values, and is asked anew for others', async () => {
    const bench = await openSubject({ night_temp: '35' });
    await confirm(bench, 'Heat wave');
    monitor(bench);
    await bench.call('queries.close', { subject, query: 1 });
    dataEntry(bench);
    expect((await save(bench, { night_wakes: '2' })).queries).toEqual([]);
    expect((await save(bench, { night_temp: '36' })).queries).toMatchObject([{ id: 2, state: 'open' }]);
  });

  it('is made up for in the first save of a subject whose findings are from before', async () => {
    const bench = await openSubject({ night_temp: '35' });
    const { db, rows } = bench.services.session.authorise('signed-in').site;
    db.exec('DELETE FROM query_message; DELETE FROM query;');
    rows.forget();
    expect((await save(bench, { night_wakes: '2' })).queries).toMatchObject([
      { check: 'night_temp.soft', state: 'open' },
    ]);
  });
});

describe('a query of a person', () => {
  it('is asked, answered and accepted, each word with its author, role and time', async () => {
    const bench = await openSubject({ night_temp: '20' });
    monitor(bench);
    const { id } = await bench.call('queries.open', { ...temperature, text: 'Inside or outside?' });
    await later(bench, 1);
    dataEntry(bench);
    await bench.call('queries.answer', { subject, query: id, text: 'Inside.' });
    await later(bench, 1);
    monitor(bench);
    const closed = await bench.call('queries.close', { subject, query: id });
    expect(closed).toMatchObject({ check: null, state: 'closed', closedBy: 'acceptance' });
    expect(closed.messages.map(({ kind, text, user: by, role, at }) => [kind, text, by, role, at])).toEqual([
      ['opened', 'Inside or outside?', user, 'monitor', '2024-03-05T09:30:00.000Z'],
      ['answered', 'Inside.', user, 'data-entry', '2024-03-06T09:30:00.000Z'],
      ['closed', null, user, 'monitor', '2024-03-07T09:30:00.000Z'],
    ]);
  });

  it('is opened again when the answer does not settle it', async () => {
    const bench = await openSubject();
    monitor(bench);
    await bench.call('queries.open', { ...temperature, text: 'Measured?' });
    dataEntry(bench);
    await bench.call('queries.answer', { subject, query: 1, text: 'No.' });
    monitor(bench);
    expect(await bench.call('queries.reopen', { subject, query: 1, text: 'Why not?' })).toMatchObject({
      state: 'open',
    });
  });

  it('is closed by no correction', async () => {
    const bench = await openSubject({ night_temp: '20' });
    monitor(bench);
    await bench.call('queries.open', { ...temperature, text: 'Measured?' });
    dataEntry(bench);
    expect((await save(bench, { night_temp: '21' })).queries).toEqual([]);
  });

  it('is closed by an investigator only who asked it', async () => {
    const bench = await openSubject({ night_temp: '35' });
    setRoles(bench, user, ['investigator']);
    await bench.call('queries.open', { ...temperature, text: 'Measured?' });
    expect(await bench.call('queries.close', { subject, query: 2, text: 'Seen.' })).toMatchObject({
      state: 'closed',
    });
    expect(await bench.refusal('queries.close', { subject, query: 1, text: 'Seen.' })).toMatchObject({
      code: 'forbidden',
    });
  });

  it('leaves a form where nothing was entered as empty as it was', async () => {
    const bench = await openSubject();
    monitor(bench);
    await bench.call('queries.open', { ...temperature, text: 'Was this night at home?' });
    const { record, queries } = await bench.call('subjects.open', { subject });
    expect(record.forms).toEqual([]);
    expect(queries).toHaveLength(1);
    const history = await bench.call('audit.history', temperature);
    expect(history.map(({ action }) => action)).toEqual(['query.opened']);
  });

  it('is refused at a place that the study or the record does not have', async () => {
    const bench = await openSubject();
    monitor(bench);
    const ask = (place: object) =>
      bench.refusal('queries.open', { ...temperature, text: 'Measured?', ...place });
    expect(await ask({ item: 'intake_birth' })).toMatchObject({ key: 'no-such-item' });
    expect(await ask({ event: 'BASE' })).toMatchObject({ key: 'no-such-item' });
    expect(await ask({ row: 2 })).toMatchObject({ key: 'query-row-unknown' });
    expect(await ask({ subject: '01-S09' })).toMatchObject({ code: 'not-found' });
    const sample = { event: 'JOURNAL', form: 'SAMPLE', item: 'sample_assay' };
    expect(await ask(sample)).toMatchObject({ key: 'query-row-unknown' });
    expect((await list(bench)).total).toBe(0);
  });
});

describe('a move that the table does not have', () => {
  it('is refused, and changes nothing', async () => {
    const bench = await openSubject({ night_temp: '35' }, { night_wakes: '60' });
    const hard = (await list(bench, { severity: 'hard' })).rows[0]?.id ?? 0;
    monitor(bench);
    const before = await bench.rows('SELECT * FROM query');
    expect(await bench.refusal('queries.close', { subject, query: 1 })).toMatchObject({
      key: 'query-text-needed',
    });
    expect(await bench.refusal('queries.reopen', { subject, query: 1, text: 'x' })).toMatchObject({
      key: 'query-is-open',
    });
    expect(await bench.refusal('queries.close', { subject, query: hard, text: 'Fine.' })).toMatchObject({
      key: 'query-of-hard-check',
    });
    expect(await bench.rows('SELECT * FROM query')).toEqual(before);
  });

  it('is refused for a query that is closed', async () => {
    const bench = await openSubject({ night_temp: '35' }, { night_temp: '20' });
    expect(await bench.refusal('queries.answer', { subject, query: 1, text: 'x' })).toMatchObject({
      key: 'query-is-closed',
    });
  });

  it('is refused for the query of another subject, as for one that nobody has', async () => {
    const bench = await openSubject({ night_temp: '35' });
    await bench.call('subjects.enrol', { subject: '01-S02' });
    for (const query of [1, 99])
      expect(await bench.refusal('queries.answer', { subject: '01-S02', query, text: 'x' })).toMatchObject({
        key: 'query-unknown',
      });
  });
});

describe('an attack on a query', () => {
  const attempts = [
    ['queries.answer', { subject, query: 1, text: 'x', state: 'closed' }],
    ['queries.answer', { subject, query: '1', text: 'x' }],
    ['queries.answer', { subject, query: 1, text: '   ' }],
    ['queries.close', { subject, query: 1.5 }],
    ['queries.close', { subject, query: 2 ** 60, text: 'x' }],
    ['queries.reopen', { subject, query: -1, text: 'x' }],
    ['queries.open', { ...temperature, text: 'x', check: 'night_temp.soft', severity: 'hard' }],
    ['queries.open', { ...temperature, text: 'x'.repeat(2001) }],
    ['queries.list', { offset: 0, limit: 10, state: "open' OR 1=1 --" }],
    ['queries.list', { offset: 0, limit: 10_000 }],
  ] as const;

  it('leaves queries, what was said and the trail as they were', async () => {
    const bench = await openSubject({ night_temp: '35' });
    setRoles(bench, user, ['investigator', 'monitor', 'data-manager']);
    const tables = () =>
      Promise.all(['query', 'query_message', 'audit'].map((table) => bench.rows(`SELECT * FROM ${table}`)));
    const before = await tables();
    for (const [method, input] of attempts)
      expect([method, (await bench.refusal(method, input)).code]).toEqual([method, 'invalid-input']);
    expect(await tables()).toEqual(before);
  });

  it('finds no subject by what looks like SQL or a pattern', async () => {
    const bench = await openSubject({ night_temp: '35' });
    for (const part of ['%', "' OR 1=1 --", '_'])
      expect((await list(bench, { subject: part })).total).toBe(0);
  });

  it('can ask and close with the rights of no one who only enters', async () => {
    const bench = await openSubject({ night_temp: '35' });
    await confirm(bench, 'Heat wave');
    expect(await bench.refusal('queries.open', { ...temperature, text: 'x' })).toMatchObject({
      code: 'forbidden',
    });
    expect(await bench.refusal('queries.close', { subject, query: 1 })).toMatchObject({ code: 'forbidden' });
    monitor(bench);
    expect(await bench.refusal('queries.answer', { subject, query: 1, text: 'x' })).toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('the list', () => {
  it('filters, and counts by state and age', async () => {
    const bench = await openSubject({ night_temp: '35' });
    await later(bench, 10);
    await save(bench, { night_wakes: '60' });
    monitor(bench);
    await bench.call('queries.open', { ...temperature, text: 'Measured?' });
    await bench.call('queries.close', { subject, query: 3, text: 'Seen.' });
    await later(bench, 25);
    const all = await list(bench);
    expect(all).toMatchObject({ total: 3, counts: { open: 2, answered: 0, closed: 1 }, ages: [0, 1, 1] });
    expect(await bench.call('queries.count', {})).toEqual(all.counts);
    expect(all.rows.map(({ id }) => id)).toEqual([1, 2, 3]);
    const ids = async (filter: Partial<MethodInput<'queries.list'>>) =>
      (await list(bench, filter)).rows.map(({ id }) => id);
    expect(await ids({ state: 'open' })).toEqual([1, 2]);
    expect(await ids({ kind: 'manual' })).toEqual([3]);
    expect(await ids({ severity: 'hard' })).toEqual([2]);
    expect(await ids({ minAgeDays: 30 })).toEqual([1]);
    expect(await ids({ form: 'INTAKE' })).toEqual([]);
    expect(await ids({ subject: 'S01' })).toEqual([1, 2, 3]);
    expect(await ids({ offset: 1, limit: 1 })).toEqual([2]);
  });
});
