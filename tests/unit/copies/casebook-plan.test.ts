import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planSubject, type CasebookItem, type CasebookSubject } from '#shared/casebook.ts';
import type { SubjectSource } from '#shared/casebook/sources.ts';
import { isEmpty, showItemWithUnit } from '#shared/item-value.ts';
import type { RecordedValue, ValuePlace } from '#shared/record.ts';
import { createCopyReader, type CopyReader } from '../../../electron/services/copies/copy-rows.ts';
import type { Site } from '../../../electron/services/site.ts';
import { openPractice, type OpenPractice } from './practice.ts';

const now = '2024-03-05T10:30';
let practice: OpenPractice;
let site: Site;
let reader: CopyReader;

beforeAll(async () => {
  practice = await openPractice();
  ({ site } = practice.bench.services.session.authorise('signed-in'));
  reader = createCopyReader(site.db, site.siteCode, site.model);
}, 120_000);
afterAll(() => {
  practice.close();
});

function sourceOf(subject: string): SubjectSource {
  const source = reader.source(subject, now);
  if (source === null) throw new Error(`there is no subject ${subject}`);
  return source;
}
function plan(subject: string, history = false, event: string | null = null): CasebookSubject {
  return planSubject(site.model, sourceOf(subject), { language: 'en', history, event, now });
}
function keyOf({ event, form, row, item }: ValuePlace): string {
  return `${event} ${form} ${String(row)} ${item}`;
}
interface PlacedLine {
  readonly key: string;
  readonly item: CasebookItem;
}
function linesOf({ events }: CasebookSubject): readonly PlacedLine[] {
  return events.flatMap(({ event, forms }) =>
    forms.flatMap(({ form, groups }) =>
      groups.flatMap(({ rows }) =>
        rows.flatMap(({ row, items }) =>
          items.map((item) => ({ key: keyOf({ event, form, row: row ?? 1, item: item.item }), item })),
        ),
      ),
    ),
  );
}
function shown(value: RecordedValue): string {
  const placed = site.model.item(value.item);
  if (placed === undefined) throw new Error(`the study has no item ${value.item}`);
  return showItemWithUnit(site.model, placed, value, 'en');
}

describe('the casebook of the practice children', () => {
  it('holds every recorded value once, with its unit or its missing reason', () => {
    let values = 0;
    for (const subject of reader.subjects) {
      const { record } = sourceOf(subject);
      const lines = linesOf(plan(subject));
      const given = lines.filter(({ item }) => item.answer.kind !== 'empty');
      const recorded = record.values.filter((value) => !isEmpty(value));
      expect(new Map(given.map(({ key, item }) => [key, item.answer.text]))).toEqual(
        new Map(recorded.map((value) => [keyOf(value), shown(value)])),
      );
      expect(given.length).toBe(recorded.length);
      values += recorded.length;
    }
    expect(values).toBeGreaterThan(4000);
    expect(reader.subjects.length).toBe(10);
  });

  it('says who wrote each value last and when', () => {
    for (const subject of reader.subjects) {
      const unknown = linesOf(plan(subject)).filter(
        ({ item }) => item.answer.kind !== 'empty' && item.last === null,
      );
      expect(unknown).toEqual([]);
    }
  });

  it('shows a unit with its number, a code with its label, and a reason in words', () => {
    const texts = reader.subjects.flatMap((subject) => linesOf(plan(subject)).map(({ item }) => item.answer));
    expect(texts).toContainEqual({ kind: 'value', text: '32.4\u00A0kg', code: null });
    expect(texts).toContainEqual({ kind: 'value', text: 'Measured', code: 'MEAS' });
    expect(texts.some(({ kind, text }) => kind === 'missing' && /\([A-Z]+\)$/u.test(text))).toBe(true);
  });

  it('holds every finding once, and the reason of each that is confirmed', () => {
    for (const subject of reader.subjects) {
      const { findings } = sourceOf(subject);
      const planned = plan(subject);
      const said = [
        ...linesOf(planned).flatMap(({ item }) => item.findings),
        ...planned.events.flatMap(({ forms }) => forms.flatMap((form) => form.findings)),
        ...planned.findings,
      ];
      expect(said.map(({ check }) => check).sort()).toEqual(findings.map(({ check }) => check).sort());
      expect(
        said.filter(({ status, confirmed }) => (status === 'confirmed') !== (confirmed !== null)),
      ).toEqual([]);
    }
  });

  it('holds every entry of the trail about the subject once when the history is asked for, and none when not', () => {
    for (const subject of reader.subjects) {
      const planned = plan(subject, true);
      const forms = planned.events.flatMap((event) => event.forms);
      const entries = [
        ...linesOf(planned).flatMap(({ item }) => item.history),
        ...forms.flatMap((form) => [...form.removed, ...form.course]),
        ...planned.course,
      ];
      expect(entries.map(({ seq }) => seq).sort((one, other) => one - other)).toEqual(
        sourceOf(subject).trail.map(({ seq }) => seq),
      );
      expect(linesOf(plan(subject)).flatMap(({ item }) => item.history)).toEqual([]);
    }
  });

  it('lists a form that nobody began as empty', () => {
    const [scr] = plan('01-001').events;
    const begun = scr?.forms.map(({ form }) => form) ?? [];
    const empty = scr?.empty.map(({ form }) => form) ?? [];
    const { model } = site;
    const event = model.event('SCR')?.event;
    if (event === undefined) throw new Error('the study has no screening');
    const due = model.forms.filter(({ form }) => model.duty(event, form.id) !== null);
    expect([...begun, ...empty].sort()).toEqual(due.map(({ form }) => form.id).sort());
  });

  it('holds one visit only when one is asked for', () => {
    const whole = linesOf(plan('01-001')).filter(({ key }) => key.startsWith('H48 '));
    const visit = plan('01-001', false, 'H48');
    expect(visit.events.map(({ event }) => event)).toEqual(['H48']);
    expect(linesOf(visit)).toEqual(whole);
    expect(whole.length).toBeGreaterThan(50);
  });
});

describe('what the study no longer has', () => {
  it('is listed by its ids, so that no value is lost from the copy', () => {
    const source = sourceOf('01-001');
    const [first] = source.record.values;
    if (first === undefined) throw new Error('the child has no value');
    const strays: readonly RecordedValue[] = [
      { ...first, item: 'gone_item', text: '7', relation: '>', unit: 'mg' },
      { ...first, event: 'GONE', form: 'GONE', item: 'gone_item', text: 'kept' },
    ];
    const record = { ...source.record, values: [...source.record.values, ...strays] };
    const planned = planSubject(
      site.model,
      { ...source, record },
      { language: 'en', history: false, event: null, now },
    );
    const found = linesOf(planned).filter(({ item }) => item.item === 'gone_item');
    expect(found.map(({ key, item }) => [key, item.answer.text])).toEqual([
      [`${first.event} ${first.form} ${String(first.row)} gone_item`, '> 7 mg'],
      [`GONE GONE ${String(first.row)} gone_item`, 'kept'],
    ]);
    expect(planned.events.at(-1)?.event).toBe('GONE');
  });
});
