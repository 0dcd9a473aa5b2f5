/** Section 2 of the study document: the events with their windows, and which form is due at which. */
import { cell, cellsOf, tableWith } from './tables.ts';

export type Duty = 'required' | 'optional';

const marks: Readonly<Record<string, Duty | null>> = { '●': 'required', '○': 'optional', '–': null };
const events: Readonly<Record<string, string>> = { 'D1..n': 'D' };
const schedule = tableWith('2', 'Event OID', 'EN', 'FR');
const matrix = tableWith('2', 'Form', 'SCR', 'PRE');

export interface DocumentEvent {
  readonly id: string;
  /** "T0", "T-ADM", "T-DIS"; nothing where the event has no window. */
  readonly anchor: string;
  /** "36 to 60 hours" from the anchor, the first and the last. */
  readonly window: string;
}

/** In order; days in hospital are one event that repeats. The logs have a row and no id. */
export const documentEvents: readonly DocumentEvent[] = schedule.rows.map((row) => {
  const cells = cellsOf(schedule, row);
  const bare = cell(cells, 'Event OID').split('…')[0]?.replaceAll('`', '') ?? '';
  const [anchor = '', offset] = cell(cells, 'Anchor, target').split(' + ');
  return {
    id: bare === 'D1' ? 'D' : bare === 'Logs' ? 'LOG' : bare,
    anchor: anchor.startsWith('T') ? anchor : '',
    window: readWindow(cell(cells, 'Window').replaceAll('−', '-'), Number.parseFloat(offset ?? '0')),
  };
});

/** "±6 h" around the target, "-24 h … +48 h", "28–42 d", "calendar day" of the target. */
function readWindow(text: string, target: number): string {
  if (text === 'calendar day') return '0 to 0 days';
  const around = /^±(\d+) ([hd])/u.exec(text);
  const [, give = '', unitAround] = around ?? [];
  if (around !== null) return showWindow(target - Number(give), target + Number(give), unitAround);
  const range = /^([-+]?\d+)(?: [hd])? ?[–…] ?([-+]?\d+) ([hd])/u.exec(text);
  return range === null ? '' : showWindow(Number(range[1]), Number(range[2]), range[3]);
}

function showWindow(from: number, to: number, unit: string | undefined): string {
  return `${String(from)} to ${String(to)} ${unit === 'h' ? 'hours' : 'days'}`;
}

/** Form → event → duty. "AND anakinra decision / MAS evaluation" and "FU follow-up; CMR (…)" are two forms each. */
export const documentMatrix: ReadonlyMap<string, ReadonlyMap<string, Duty>> = new Map(
  matrix.rows.flatMap(([forms = '', ...cells]) => {
    const due = new Map<string, Duty>();
    matrix.columns.slice(1).forEach((column, index) => {
      const mark = marks[cells[index] ?? ''];
      if (mark === undefined) throw new Error(`the matrix has no mark ${cells[index] ?? ''}`);
      if (mark !== null) due.set(events[column] ?? column, mark);
    });
    return formsIn(forms).map((form) => [form, due] as const);
  }),
);

function formsIn(text: string): readonly string[] {
  return text
    .replace(/\(.*\)/u, '')
    .split(/[,;/] ?/u)
    .flatMap((part) => /^[A-Z][A-Z0-9]+\b/u.exec(part.trim()) ?? []);
}
