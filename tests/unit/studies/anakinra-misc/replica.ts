/** The replica as `demo --replica` makes it: made once for a file of tests, which share a process that has it open. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { editText } from '#shared/item-value.ts';
import type { RecordedValue } from '#shared/record.ts';
import type { SummaryRowResult } from '#shared/summary-table.ts';
import { createTestClock, startProcess, type Bench } from '../../services/workbench.ts';
import { anakinra } from '../folders.ts';
import { model } from './study.ts';

export type Rows = ReadonlyMap<string, SummaryRowResult>;

export interface RecordedOf extends RecordedValue {
  readonly subject: string;
}

export interface RowPlace {
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly row: number;
}

export interface Replica {
  readonly bench: () => Bench;
  /** The study table, row by row. */
  rows(): Promise<Rows>;
  values(): Promise<readonly RecordedOf[]>;
  /** As a person corrects a row of a complete form: with a reason, all of it in one save. */
  correct(place: RowPlace, answers: Readonly<Record<string, string>>): Promise<void>;
  /** The study table with these answers in place of those that stand there, which stand there again afterwards. */
  rowsWith(place: RowPlace, answers: Readonly<Record<string, string>>): Promise<Rows>;
}

export function useReplica(): Replica {
  const home = mkdtempSync(path.join(tmpdir(), 'cahier-replica-'));
  const folder = path.join(home, 'replica');
  const toTidy: (() => void)[] = [];
  let opened: Bench | null = null;
  beforeAll(async () => {
    opened = startProcess(folder, createTestClock(), anakinra, toTidy);
    await opened.services.demo.create(folder, null, 'replica');
    await opened.call('site.use', { folder });
    await opened.call('session.signIn', opened.services.demo.usualPerson);
  }, 120_000);
  afterAll(() => {
    for (const tidy of toTidy) tidy();
    rmSync(home, { recursive: true, force: true });
  });

  const bench = (): Bench => {
    if (opened === null) throw new Error('the replica is not made yet');
    return opened;
  };
  const rows = async (): Promise<Rows> => {
    const { tables } = await bench().call('reports.studyTable', {});
    return new Map(
      tables.flatMap(({ sections }) =>
        sections.flatMap((section) => section.rows.map((row) => [row.row, row])),
      ),
    );
  };
  const valuesOf = async (subject: string): Promise<readonly RecordedOf[]> => {
    const { record } = await bench().call('subjects.open', { subject });
    return record.values.map((value) => ({ ...value, subject }));
  };
  const correct: Replica['correct'] = async ({ subject, event, form, row }, answers) => {
    const changes = Object.entries(answers).map(([item, value]) => ({ row, item, value, reason: 'SOURCE' }));
    await bench().call('forms.save', { subject, event, form, changes });
  };
  return {
    ...{ bench, rows, correct },
    values: async () => {
      const page = await bench().call('subjects.list', { search: '', offset: 0, limit: 100 });
      return (await Promise.all(page.rows.map(({ subject }) => valuesOf(subject)))).flat();
    },
    rowsWith: async (place, answers) => {
      const standing = await valuesOf(place.subject);
      const former = Object.keys(answers).map((item) => [item, typedBefore(standing, place, item)]);
      await correct(place, answers);
      const changed = await rows();
      await correct(place, Object.fromEntries(former) as Record<string, string>);
      return changed;
    },
  };
}

function typedBefore(standing: readonly RecordedOf[], { event, form, row }: RowPlace, item: string): string {
  const value = standing.find(
    (known) => known.event === event && known.form === form && known.row === row && known.item === item,
  );
  const placed = model.item(item);
  if (value === undefined || placed === undefined) throw new Error(`${item} holds nothing to correct`);
  return editText(placed, value, 'en');
}
