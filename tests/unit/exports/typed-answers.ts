/** Answers as people type them, for every type of item: what a study asks decides what can be typed. */
import fc from 'fast-check';
import { assertNever } from '#shared/assert-never.ts';
import { readItem } from '#shared/item-value.ts';
import type { PlacedItem, StudyModel } from '#shared/study-model.ts';
import type { Change } from '#shared/record.ts';

export interface TypedAnswer {
  readonly value: string | null;
  readonly missing?: string;
}

/** Readable by the item's codec, missing reasons among them. null for items that nobody types. */
export function typedAnswer(model: StudyModel, placed: PlacedItem): fc.Arbitrary<TypedAnswer> | null {
  const { item } = placed;
  if (item.type === 'calculated' || item.system !== undefined) return null;
  const typed = typedText(model, placed).filter((text) => readItem(model, placed, text, 'en').ok);
  const reasons = model.codeList(model.study.missingReasons)?.codes.map(({ code }) => code) ?? [];
  return fc.oneof(
    { weight: 9, arbitrary: typed.map((value) => ({ value })) },
    { weight: 1, arbitrary: fc.constantFrom(...reasons).map((missing) => ({ value: null, missing })) },
  );
}

/** The answers to one row of a form, some of its items left out. */
export function typedRow(
  model: StudyModel,
  place: Pick<Change, 'event' | 'form' | 'row'>,
): fc.Arbitrary<readonly Change[]> {
  const items = model.form(place.form)?.items ?? [];
  // A measurement is typed with its sign and unit, which answers the items of these too.
  const parts = new Set(items.flatMap(({ item }) => [item.parts?.relation, item.parts?.unit]));
  const asked = items.flatMap((placed) => {
    if (parts.has(placed.item.id)) return [];
    const answer = place.row > 1 && !placed.group.repeating ? null : typedAnswer(model, placed);
    return answer === null ? [] : [{ item: placed.item.id, answer }];
  });
  const changes = asked.map(({ item, answer }) =>
    fc
      .option(answer, { nil: null, freq: 6 })
      .map((given): readonly Change[] => (given === null ? [] : [{ ...place, item, ...given }])),
  );
  return fc.tuple(...changes).map((rows) => rows.flat());
}

function typedText(model: StudyModel, { item, codeList }: PlacedItem): fc.Arbitrary<string> {
  const codes = codeList?.codes.map(({ code }) => code) ?? [];
  switch (item.type) {
    case 'integer':
      return number(item.hard, 0);
    case 'decimal':
      return number(item.hard, item.decimals ?? 2);
    case 'comparator':
    case 'measurement': {
      const units = item.parts === undefined ? [] : (model.item(item.parts.unit)?.codeList?.codes ?? []);
      return fc
        .tuple(
          fc.constantFrom('', '<', '<=', '>', '>='),
          number(item.hard, item.decimals ?? 2),
          fc.constantFrom('', ...units.map(({ code }) => ` ${code}`)),
        )
        .map((parts) => parts.join(''));
    }
    case 'text':
      return item.pattern === undefined ? freeText : fitting(new RegExp(`^(?:${item.pattern})$`, 'u'));
    case 'date':
      return day.map(({ d, m, y }) => `${d}/${m}/${y}`);
    case 'date-time':
      return fc
        .tuple(day, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
        .map(([{ d, m, y }, hour, minute]) => `${d}/${m}/${y} ${hour}:${String(minute).padStart(2, '0')}`);
    case 'year-month':
      return day.map(({ m, y }) => `${m}/${y}`);
    case 'partial-date':
      return fc.oneof(
        day.map(({ d, m, y }) => `${d}/${m}/${y}`),
        day.map(({ m, y }) => `${m}/${y}`),
        day.map(({ y }) => String(y)),
      );
    case 'yes-no':
    case 'yes-no-unknown':
    case 'single-choice':
      return fc.constantFrom(...codes);
    case 'multiple-choice':
      return fc.subarray([...codes], { minLength: 1 }).map((chosen) => JSON.stringify(chosen));
    case 'calculated':
      throw new Error('nobody types a calculated item');
    default:
      return assertNever(item.type);
  }
}

/** Days that Excel can't count among them. */
const day = fc.record({
  d: fc.integer({ min: 1, max: 28 }),
  m: fc.integer({ min: 1, max: 12 }),
  y: fc.integer({ min: 1890, max: 2023 }),
});

const freeText = fc.oneof(
  fc.constantFrom(
    '=1+1',
    '-x',
    '+33 1',
    '@home',
    '00123',
    '1e5',
    '3/11/2021',
    '<b>&amp;</b>',
    '"x"',
    "l'été à l’hôpital",
    '日本語',
    '🫀',
    '_x0041_',
    'a  b',
    '\\t',
    'TRUE',
    'ND?',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
);

/** Patterns ask for so many characters, or for a shape. */
function fitting(pattern: RegExp): fc.Arbitrary<string> {
  const long = freeText.map((text) => `${text} ${'and so on '.repeat(20)}end`);
  const [sample = ''] = fc.sample(long, { numRuns: 1, seed: 1 });
  return pattern.test(sample) ? long : fc.stringMatching(pattern);
}

function number(hard: PlacedItem['item']['hard'], decimals: number): fc.Arbitrary<string> {
  const scale = 10 ** decimals;
  const min = Math.ceil((hard?.min ?? 0) * scale);
  const max = Math.floor((hard?.max ?? 1000) * scale);
  return fc.tuple(fc.integer({ min, max }), fc.boolean()).map(([scaled, comma]) => {
    const text = (scaled / scale).toFixed(decimals);
    return comma ? text.replace('.', ',') : text;
  });
}
