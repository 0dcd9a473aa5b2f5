/** The findings for each key while the answers of a child are typed again, by the functions that the form page uses. */
import { performance } from 'node:perf_hooks';
import { editText, readItem, type RowContext } from '#shared/item-value.ts';
import { standingFindings } from '#shared/plan-save.ts';
import type { Finding, RecordedValue } from '#shared/record.ts';
import { createStudyModel, type PlacedItem } from '#shared/study-model.ts';
import { indexSubject, valueAt } from '#shared/subject-index.ts';
import { toEngineDrafts, type FieldDraft } from '../../renderer/stores/field-draft.ts';
import { checkDrafts, type SavedSubject } from '../../renderer/stores/live-check.ts';
import { regroupFindings } from '../../renderer/stores/live-findings.ts';
import { median, quantile, type Figure } from './measure.ts';
import { reportOnSite } from './report.ts';
import { childOf, enterChild, subjectNumber, type BenchSite } from './site.ts';

const values = 300;
const warmUp = 3;
const rounds = 11;

async function measure(site: BenchSite): Promise<Figure> {
  const number = subjectNumber(1);
  enterChild(site, number, childOf(values));
  const { record } = await site.call('subjects.open', { subject: number });
  const { study } = await site.call('studies.current', {});
  const { model } = createStudyModel(study);
  const now = new Date().toISOString().slice(0, 16);
  const index = indexSubject(model, record);
  const findings = standingFindings(model, index, record.forms, {
    now,
    confirmed: new Map(),
    phase: 'entry',
  });
  const saved: SavedSubject = { index, findings, forms: record.forms };
  const byField = new Map<string, readonly Finding[]>();

  /** What one more letter costs. */
  const press = (placed: PlacedItem, place: RecordedValue, typed: string): number => {
    const start = performance.now();
    const row: RowContext = { valueOf: (item) => valueAt(index, { ...place, item }) };
    const reading = readItem(model, placed, typed, 'en', row);
    const draft: FieldDraft = {
      subject: number,
      isSecond: false,
      place,
      typed,
      reading,
      stage: 'typing',
      baseVersion: place.version,
      reason: null,
      refusal: null,
    };
    const live = checkDrafts(model, saved, toEngineDrafts(model, draft, row, 'en'), now);
    regroupFindings(byField, live.findings);
    return performance.now() - start;
  };

  const typable = record.values.flatMap((value) => {
    const placed = model.item(value.item);
    if (placed === undefined || placed.item.type === 'calculated' || placed.item.system !== undefined)
      return [];
    return [{ value, placed, text: editText(placed, value, 'en') }];
  });
  const keys = typable.flatMap(({ value, placed, text }) =>
    Array.from(text, (_, index) => ({ value, placed, typed: text.slice(0, index + 1) })),
  );
  // Of each key the middle of all rounds: what else the machine does in one of them is no part of the key.
  const times: number[] = [];
  const middles = keys.map(() => [] as number[]);
  for (let round = 0; round < warmUp + rounds; round += 1) {
    keys.forEach(({ value, placed, typed }, key) => {
      const time = press(placed, value, typed);
      if (round < warmUp) return;
      times.push(time);
      middles[key]?.push(time);
    });
  }
  const ofKeys = middles.map(median);
  return {
    name: 'keystroke',
    what: `findings for a key, ${record.values.length} values and ${model.checks.length} checks, 99 of 100`,
    unit: 'ms',
    ours: quantile(ofKeys, 0.99),
    baseline: null,
    limit: 0.5,
    seen: {
      keys: keys.length,
      rounds,
      values: record.values.length,
      checks: model.checks.length,
      findings: findings.length,
      median: median(ofKeys),
      slowestKey: Math.max(...ofKeys),
      p99OfAllRounds: quantile(times, 0.99),
      longestOfAllRounds: Math.max(...times),
    },
  };
}

await reportOnSite(async (site) => [await measure(site)]);
