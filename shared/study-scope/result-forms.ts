/**
 * Results of one test among measurements with parts (laboratory rows): x is the measurement, and a row comes with the
 * fields that rows(…) gives it.
 *
 *   results(x, "test", from, to)   its rows in time order whose time lies certainly within from … to; null when there is
 *                                  none, so that nothing is concluded from no result. A bound that is null is open
 *   results_in(x, "test", "E")     the same in an event, or an instance "D2"
 *   last_result(x, "test", at)     its last row that lies certainly not after `at`; null when `at` is
 *
 * A bound that is a day takes in the whole of it. Only rows with a number in the storage unit count, censored or not.
 */
import type { SpecialForm, SpecialResult } from '../feel/compile.ts';
import { kindOf, type FeelValue } from '../feel/value.ts';
import type { PlacedItem, StudyModel } from '../study-model.ts';
import { unreadableArgument, type Argument } from './arguments.ts';
import type { Frame } from './frame.ts';
import { readValue } from './read-value.ts';
import type { RowsOfTest } from './memo.ts';
import { rowContext, rowFields } from './row-context.ts';
import { momentOf, rowsInTime, timeCell, type DatedRow } from './time-order.ts';

/** Rows of the test, and what the other arguments are worth. */
type Choose = (
  rows: readonly DatedRow[],
  given: readonly FeelValue[],
  model: StudyModel,
) => readonly DatedRow[] | DatedRow | null;

export function resultForms(model: StudyModel): ReadonlyMap<string, SpecialForm<Frame>> {
  return new Map<string, SpecialForm<Frame>>([
    ['results', (args) => build(model, 'results(x, "test", from, to)', [2, 4], args, within)],
    ['results_in', (args) => build(model, 'results_in(x, "test", "EVENT")', [3], args, inEvent)],
    ['last_result', (args) => build(model, 'last_result(x, "test", at)', [3], args, lastAt)],
  ]);
}

function build(
  model: StudyModel,
  usage: string,
  counts: readonly number[],
  args: readonly Argument[],
  choose: Choose,
): SpecialResult<Frame> {
  const [first, second, ...others] = args;
  const placed = model.item(first?.name ?? '');
  const fault = counts.includes(args.length)
    ? (whyNoTest(model, placed, second?.literal ?? null) ?? whyNoEvent(model, others[0]?.literal ?? null))
    : `write ${usage}`;
  if (placed === undefined || fault !== null)
    return { fault: fault ?? `write ${usage}: ${first?.name ?? 'x'} is not the id of an item` };
  const unreadable = unreadableArgument(others) ?? unreadableArgument(second === undefined ? [] : [second]);
  if (unreadable !== null) return { fault: unreadable };
  const fields = rowFields(placed.home);
  return {
    fields,
    read: (frame) => {
      const test = second?.read?.(frame) ?? null;
      if (typeof test !== 'string') return null;
      const given = others.map((other) => other.read?.(frame) ?? null);
      const found = choose(rowsOfTest(frame, placed, test), given, model);
      if (found === null || ('length' in found && found.length === 0)) {
        // Where the moment itself is not known, that is what is missing.
        if (given.length !== 1 || !given.includes(null)) frame.absent?.push({ kind: 'result', placed, test });
        return null;
      }
      return 'length' in found
        ? found.map((dated) => used(frame, dated, fields))
        : used(frame, found, fields);
    },
  };
}

function whyNoTest(model: StudyModel, placed: PlacedItem | undefined, test: FeelValue): string | null {
  if (placed === undefined) return null;
  if (placed.parts === null || placed.home.time === null)
    return `${placed.item.id} is no measurement with a test and a time`;
  return typeof test === 'string' && model.analyte(test) === undefined
    ? `there is no analyte "${test}"`
    : null;
}

/** Every literal here but the test's own names an event. */
function whyNoEvent(model: StudyModel, event: FeelValue): string | null {
  return typeof event === 'string' && model.instancesOf(event).length === 0
    ? `there is no event "${event}"`
    : null;
}

const inEvent: Choose = (rows, [event = null], model) => {
  if (typeof event !== 'string') return null;
  const instances = new Set(model.instancesOf(event));
  return rows.filter(({ row }) => instances.has(row.event));
};

const within: Choose = (rows, [from = null, to = null]) => {
  const [start, end] = [earliestBound(from), latestBound(to)];
  if (start === null && end === null) return rows;
  return rows.filter(
    ({ moment }) =>
      moment !== null && (start === null || start <= moment.first) && (end === null || moment.last <= end),
  );
};

const lastAt: Choose = (rows, [at = null]) => {
  const limit = latestBound(at);
  return limit === null
    ? null
    : (rows.findLast(({ moment }) => moment !== null && moment.last <= limit) ?? null);
};

/** A bound that is a day takes in the whole of it; of a partly known one, only what is certain. */
function earliestBound(bound: FeelValue): number | null {
  const moment = momentOf(bound);
  return moment === null ? null : kindOf(bound) === 'partial' ? moment.last : moment.first;
}

function latestBound(bound: FeelValue): number | null {
  const moment = momentOf(bound);
  return moment === null ? null : kindOf(bound) === 'partial' ? moment.first : moment.last;
}

/** Looked up without a trace: what is passed over was not used. Values are read only of tests that are asked for. */
function rowsOfTest(frame: Frame, placed: PlacedItem, test: string): readonly DatedRow[] {
  const { tests } = frame.index.memo;
  const quiet: Frame = { ...frame, trace: null, absent: null };
  const known = tests.get(placed) ?? sortByTest(quiet, placed);
  tests.set(placed, known);
  const rows = known.get(test);
  if (rows === undefined) return [];
  rows.results ??= rows.all.filter(({ row }) => readValue(quiet, row, placed) !== null);
  return rows.results;
}

function sortByTest(quiet: Frame, placed: PlacedItem): ReadonlyMap<string, RowsOfTest> {
  const byTest = new Map<string, { all: DatedRow[]; results: readonly DatedRow[] | null }>();
  const part = placed.parts?.test ?? null;
  for (const dated of rowsInTime(quiet.index, placed.home).ordered) {
    const test = part === null ? null : readValue(quiet, dated.row, part);
    if (typeof test !== 'string') continue;
    const rows = byTest.get(test);
    if (rows === undefined) byTest.set(test, { all: [dated], results: null });
    else rows.all.push(dated);
  }
  return byTest;
}

/** A row chosen by its test and time rests on them. Without a trace it is the same for whoever asks. */
function used(frame: Frame, dated: DatedRow, fields: ReadonlySet<string>): FeelValue {
  if (frame.trace !== null) {
    const time = timeCell(dated.instance, dated.row);
    if (time !== null) readValue(frame, time.row, time.item);
    return rowContext(frame, dated, fields);
  }
  const known = frame.index.memo.contexts.get(dated.row);
  const context = known ?? rowContext(frame, dated, fields);
  if (known === undefined) frame.index.memo.contexts.set(dated.row, context);
  return context;
}
