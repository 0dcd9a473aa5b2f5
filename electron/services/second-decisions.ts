/** Where two entries differ: what each says, what was decided, and how often who was wrong. */
import { auditEvent, canonicalJson } from '#shared/audit.ts';
import type { MethodInput, MethodOutput } from '#shared/bridge.ts';
import type {
  Comparison,
  Difference,
  SecondEntryList,
  SecondEntryRow,
} from '#shared/contract/second-entry.ts';
import { editText, isEmpty } from '#shared/item-value.ts';
import { roleFor } from '#shared/permissions.ts';
import { placeKey } from '#shared/plan-save/draft-record.ts';
import type { Change, ItemValue, RecordedValue } from '#shared/record.ts';
import type { PlacedItem } from '#shared/study-model.ts';
import {
  ratesByForm,
  ratesByPerson,
  type Decision,
  type JudgedForm,
} from '#shared/second-entry/error-rates.ts';
import { isSameAnswer } from '#shared/second-entry/same-answer.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, type Clock, type Moment } from '../clock.ts';
import type { Correction, FormsService } from './forms.ts';
import { rolesOf } from './people.ts';
import { eligibilityFor } from './second-eligibility.ts';
import {
  closeSecondEntry,
  comparedOf,
  decideDifference,
  differencesOf,
  firstTypistsOf,
  judgedSecondEntries,
  openSecondEntries,
  secondEntriesPage,
  secondEntryAt,
  type SecondEntry,
  type StoredDifference,
} from './second-entry-rows.ts';
import type { Actor } from './site.ts';
import { requireSubject } from './subjects.ts';

export interface SecondDecisions {
  list(actor: Actor, input: MethodInput<'second.list'>): SecondEntryList;
  compare(actor: Actor, input: MethodInput<'second.compare'>): Comparison;
  decide(actor: Actor, input: MethodInput<'second.decide'>): Comparison;
  rates(actor: Actor): MethodOutput<'second.rates'>;
}

export function createSecondDecisions(clock: Clock, forms: FormsService): SecondDecisions {
  return {
    list: (actor, page) => {
      const { rows, total } = secondEntriesPage(actor.site.db, page);
      const eligibility = eligibilityFor(actor);
      return {
        rows: rows.map((entry) => toRow(actor, entry, eligibility)),
        total,
        mine: countMine(actor, clock.now()),
      };
    },
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
    rates: ({ site, user }) => {
      const judged = judgedSecondEntries(site.db).map((entry) => judgedOf(site.db, entry));
      const order = new Map(site.model.forms.map(({ form }, position) => [form.id, position]));
      const seesAll = roleFor('second.adjudicate', rolesOf(site.db, user)) !== null;
      return {
        people: ratesByPerson(judged).filter((rate) => seesAll || rate.user === user),
        forms: ratesByForm(judged).toSorted(
          (one, other) => (order.get(one.form) ?? 0) - (order.get(other.form) ?? 0),
        ),
      };
    },
  };
}

function toRow(actor: Actor, entry: SecondEntry, eligibility = eligibilityFor(actor)): SecondEntryRow {
  const { db } = actor.site;
  const isCompared = entry.state === 'complete' || entry.state === 'adjudicated';
  const differences = isCompared ? differencesOf(db, entry.formId) : [];
  const compared = comparedOf(db, entry.formId).reduce((sum, { fields }) => sum + fields, 0);
  const open = differences.filter(({ decided }) => decided === null).length;
  return {
    subject: entry.subject,
    event: entry.event,
    form: entry.form,
    state: entry.state,
    askedAt: toIsoUtc(entry.askedAt),
    first: [...firstTypistsOf(db, entry.formId).keys()],
    second: entry.user,
    isSelf: entry.self === 1,
    eligibility: eligibility(entry),
    differences: isCompared ? { total: differences.length, open, compared } : null,
  };
}

function countMine(actor: Actor, now: number): SecondEntryList['mine'] {
  const { site, user } = actor;
  const granted = rolesOf(site.db, user);
  const mayEnter = roleFor('second.enter', granted) !== null;
  const mayDecide = roleFor('second.adjudicate', granted) !== null;
  const eligibilityOf = eligibilityFor(actor);
  const isMine = (entry: SecondEntry): boolean => {
    if (entry.state === 'in-progress') return entry.user === user;
    const eligibility = eligibilityOf(entry);
    return eligibility.kind === 'now' || (eligibility.kind === 'self' && eligibility.from <= now);
  };
  const open = openSecondEntries(site.db);
  return {
    toEnter: mayEnter ? open.filter((entry) => entry.state !== 'complete' && isMine(entry)).length : 0,
    toDecide: mayDecide
      ? open.filter((entry) => entry.state === 'complete' && isThird(actor, entry)).length
      : 0,
  };
}

/** Of two entries by one person there is nobody else's to prefer: that person may decide, with the source in hand. */
function isThird({ site, user }: Actor, entry: SecondEntry): boolean {
  return entry.self === 1 || (entry.user !== user && !firstTypistsOf(site.db, entry.formId).has(user));
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
    row: toRow(actor, entry),
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

function judgedOf(db: Actor['site']['db'], entry: SecondEntry): JudgedForm {
  return {
    form: entry.form,
    second: entry.user ?? '',
    compared: comparedOf(db, entry.formId),
    differences: differencesOf(db, entry.formId).flatMap(({ firstUser, decided }) =>
      decided === null ? [] : [{ first: firstUser, decided }],
    ),
  };
}
