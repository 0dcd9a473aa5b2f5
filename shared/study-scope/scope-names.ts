/** The names that every study has, beside its items and anchors. */
import type { Read } from '../feel/compile.ts';
import type { FeelValue } from '../feel/value.ts';
import type { Frame, Home } from './frame.ts';
import { readValue } from './read-value.ts';
import { momentOf, timeCell, type Moment } from './time-order.ts';
import { windowOf } from './windows.ts';

/** Names of the event instance, in expressions of a row, a form or a value. */
const ofEvent: ReadonlyMap<string, Read<Frame>> = new Map<string, Read<Frame>>([
  /** "SCR", "D2" */
  ['event', (frame) => frame.instance?.event.id ?? null],
  /** "SCR", "D" */
  ['event_id', (frame) => frame.instance?.event.event.id ?? null],
  ['event_number', (frame) => frame.instance?.event.number ?? null],
  /** "scheduled", "unscheduled" or "log" */
  ['event_kind', (frame) => frame.instance?.event.event.kind ?? null],
  ['window_first', (frame) => windowEnd(frame, 'first')],
  ['window_target', (frame) => windowEnd(frame, 'target')],
  ['window_last', (frame) => windowEnd(frame, 'last')],
]);

const ofRow: ReadonlyMap<string, Read<Frame>> = new Map<string, Read<Frame>>([
  ['row', (frame) => frame.row?.row ?? null],
  ['at', readTimeOfRow],
]);

const ofValue: ReadonlyMap<string, Read<Frame>> = new Map<string, Read<Frame>>([
  ['value', readSubjectValue],
  ['item_id', (frame) => frame.subjectItem?.item.id ?? null],
  ['value_first', (frame) => endOf(momentOf(readSubjectValue(frame)), 'first')],
  ['value_last', (frame) => endOf(momentOf(readSubjectValue(frame)), 'last')],
]);

/** No item, anchor or list may have one of these ids. */
export const reservedNames: ReadonlySet<string> = new Set([
  ...ofEvent.keys(),
  ...ofRow.keys(),
  ...ofValue.keys(),
  ...[
    'true',
    'false',
    'null',
    'and',
    'or',
    'not',
    'if',
    'then',
    'else',
    'for',
    'in',
    'return',
    'some',
    'every',
    'satisfies',
    'between',
    'instance',
    'of',
    'function',
    'partial',
    'item',
  ],
]);

export function scopeName(home: Home, name: string): Read<Frame> | null {
  if (home.kind === 'subject') return null;
  const names =
    home.kind === 'form' ? [ofEvent] : home.kind === 'row' ? [ofEvent, ofRow] : [ofEvent, ofRow, ofValue];
  return names.map((known) => known.get(name)).find((read) => read !== undefined) ?? null;
}

/** Names whose value rests on anchors. */
export const windowNames: readonly string[] = ['window_first', 'window_target', 'window_last'];

export function readTimeOfRow(frame: Frame): FeelValue {
  if (frame.row === null || frame.instance === null) return null;
  const time = timeCell(frame.instance, frame.row);
  return time === null ? null : readValue(frame, time.row, time.item);
}

function readSubjectValue(frame: Frame): FeelValue {
  return frame.row === null || frame.subjectItem === null
    ? null
    : readValue(frame, frame.row, frame.subjectItem);
}

function windowEnd(frame: Frame, end: 'first' | 'target' | 'last'): FeelValue {
  const window = frame.instance === null ? null : windowOf(frame.index, frame.instance.event);
  const anchor = frame.instance?.event.event.anchor;
  if (window === null && anchor !== undefined) frame.absent?.push({ kind: 'anchor', id: anchor });
  return window === null ? null : { kind: 'date-time', minute: window[end] };
}

function endOf(moment: Moment | null, end: keyof Moment): FeelValue {
  return moment === null ? null : { kind: 'date-time', minute: moment[end] };
}
