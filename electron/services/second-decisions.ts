/** Where two entries differ: what each says, and what a third person decides. */
import { auditEvent, canonicalJson } from '#shared/audit.ts';
import type { MethodInput } from '#shared/bridge.ts';
import type { Comparison, Difference } from '#shared/contract/second-entry.ts';
import { editText, isEmpty } from '#shared/item-value.ts';
import { placeKey } from '#shared/plan-save/draft-record.ts';
import type { Change, ItemValue, RecordedValue } from '#shared/record.ts';
import type { PlacedItem } from '#shared/study-model.ts';
import type { Decision } from '#shared/second-entry/error-rates.ts';
import { isSameAnswer } from '#shared/second-entry/same-answer.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, type Clock, type Moment } from '../clock.ts';
import type { Correction, FormsService } from './forms.ts';
import {
  closeSecondEntry,
  decideDifference,
  differencesOf,
  secondEntryAt,
  type SecondEntry,
  type StoredDifference,
} from './second-entry-rows.ts';
import { isThird, toSecondEntryRow } from './second-list.ts';
import type { Actor } from './site.ts';
import { requireSubject } from './subjects.ts';

export interface SecondDecisions {
  compare(actor: Actor, input: MethodInput<'second.compare'>): Comparison;
  decide(actor: Actor, input: MethodInput<'second.decide'>): Comparison;
}

export function createSecondDecisions(clock: Clock, forms: FormsService): SecondDecisions {
  return {
    compare: (actor, place) => comparisonOf(actor, requireCompared(actor, place)),
    decide: (actor, input) => {
      const { site } = actor;
      try {
        return site.db.transaction(() => decide(actor, forms, input, readMoment(clock))).immediate();
      } catch (error) {
        // The correction was kept in memory as written; it was taken back with the rest.
        site.rows.forget();
        throw error;
      }
    },
  };
}

function requireCompared(actor: Actor, place: MethodInput<'second.compare'>): SecondEntry {
  requireSubject(actor, place.subject);
  const entry = secondEntryAt(actor.site.db, place);
  if (entry === null) throw refuse('second-unknown');
  if (entry.state !== 'complete' && entry.state !== 'adjudicated') throw refuse('second-not-complete');
  return entry;
}

function comparisonOf(actor: Actor, entry: SecondEntry): Comparison {
  const { values } = actor.site.rows.record(requireSubject(actor, entry.subject));
  const standing = new Map(values.map((value) => [placeKey(value), value]));
  return {
    row: toSecondEntryRow(actor, entry),
    differences: differencesOf(actor.site.db, entry.formId).map(
      ({ decided, final, decidedBy, decidedAt, reason, ...found }): Difference => ({
        ...found,
        standing: answerAt(standing, entry, found),
        decided:
          decided === null
            ? null
            : { which: decided, final, user: decidedBy ?? '', at: toIsoUtc(decidedAt ?? 0), reason },
      }),
    ),
    mayDecide: entry.state === 'complete' && isThird(actor, entry),
  };
}

function answerAt(
  values: ReadonlyMap<string, RecordedValue>,
  { event, form }: SecondEntry,
  { row, item }: Pick<StoredDifference, 'row' | 'item'>,
): ItemValue | null {
  const found = values.get(placeKey({ event, form, row, item }));
  if (found === undefined || isEmpty(found)) return null;
  const { text, relation, number, unit, precision, missing } = found;
  return { text, relation, number, unit, precision, missing };
}

function decide(
  actor: Actor,
  forms: FormsService,
  input: MethodInput<'second.decide'>,
  moment: Moment,
): Comparison {
  const { site, user, role } = actor;
  const { subject, event, form, position, which: asked, reason } = input;
  const place = { subject, event, form };
  const entry = requireCompared(actor, place);
  if (!isThird(actor, entry)) throw refuse('second-own-work', { user });
  const found = differencesOf(site.db, entry.formId).find((other) => other.position === position);
  if (found === undefined) throw refuse('second-unknown');
  if (found.decided !== null) throw refuse('second-decided');
  forms.correct(actor, subject, correctionOf(actor, entry, found, input));

  const { values } = site.rows.record(requireSubject(actor, subject));
  const final = answerAt(new Map(values.map((value) => [placeKey(value), value])), entry, found);
  const which = decisionOf(asked, found, final);
  decideDifference(site.db, entry.formId, position, { which, final, user, at: moment.at, reason });
  const left = differencesOf(site.db, entry.formId).filter(({ decided }) => decided === null).length;
  if (left === 0) closeSecondEntry(site.db, entry.formId);
  const second = found.second === null ? null : canonicalJson(found.second);
  site.trail.append([
    auditEvent(site.trail.stamp({ user, role }, moment), 'second.decided', {
      ...{ ...place, row: found.row, item: found.item, reason, origin: 'second-entry' },
      ...{ old: found.first, new: final, detail: { position, which, second, left } },
    }),
  ]);
  return comparisonOf(actor, requireCompared(actor, place));
}

/** Another answer that says what one of the two said was that one's. */
function decisionOf(asked: Decision, { first, second }: StoredDifference, final: ItemValue | null): Decision {
  if (asked !== 'other') return asked;
  if (isSameAnswer(final, first)) return 'first';
  return isSameAnswer(final, second) ? 'second' : 'other';
}

/** A row that only the first person typed goes as a whole when its last answer does, so that no blank one is left. */
function correctionOf(
  { site }: Actor,
  entry: SecondEntry,
  found: StoredDifference,
  { which, value, missing, reason }: MethodInput<'second.decide'>,
): Correction {
  const { event, form } = entry;
  const { row, item } = found;
  const placed = site.model.item(item);
  if (placed === undefined) throw refuse('no-such-item', { form, item });
  if ((which === 'other') !== (value !== undefined || missing !== undefined))
    throw refuse('second-value-unfit');
  const change: Change =
    which === 'other'
      ? {
          event,
          form,
          row,
          item,
          value: value ?? null,
          reason,
          ...(missing === undefined ? {} : { missing }),
        }
      : toChange({ event, form, row, item, reason }, placed, found[which]);
  const isEmptied = change.value === null && change.missing === undefined;
  const goes = isEmptied && found.secondRow === null && placed.group.repeating;
  if (goes && isLastOfRow(site, entry, found, placed))
    return { kind: 'row', row: { event, form, group: placed.group.id, row, reason } };
  return { kind: 'value', change };
}

/** Asks for a value that was read before: what a person would type to say it. */
function toChange(at: Omit<Change, 'value'>, placed: PlacedItem, value: ItemValue | null): Change {
  if (value === null) return { ...at, value: null };
  if (value.missing !== null) return { ...at, value: null, missing: value.missing };
  return { ...at, value: editText(placed, value, 'en') };
}

function isLastOfRow(
  site: Actor['site'],
  { subject, event, form }: SecondEntry,
  { row, item }: StoredDifference,
  { home }: PlacedItem,
): boolean {
  const found = site.rows.subject(subject);
  const items = new Set(home.items.map((own) => own.item.id));
  const inRow = (found === null ? [] : site.rows.record(found).values).filter(
    (value) => value.event === event && value.form === form && value.row === row && items.has(value.item),
  );
  return inRow.length > 0 && inRow.every((value) => value.item === item || value.derived || isEmpty(value));
}
