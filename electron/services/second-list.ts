/** Which forms are entered twice, which of them wait for whom, and how often who was wrong. */
import type { MethodInput, MethodOutput } from '#shared/bridge.ts';
import type { SecondEntryList, SecondEntryRow } from '#shared/contract/second-entry.ts';
import { roleFor } from '#shared/permissions.ts';
import { ratesByForm, ratesByPerson, type JudgedForm } from '#shared/second-entry/error-rates.ts';
import { toIsoUtc } from '../clock.ts';
import { rolesOf } from './people.ts';
import { eligibilityFor } from './second-eligibility.ts';
import {
  comparedOf,
  differencesOf,
  firstTypistsOf,
  judgedSecondEntries,
  openSecondEntries,
  secondEntriesPage,
  type SecondEntry,
} from './second-entry-rows.ts';
import type { Actor } from './site.ts';

export function listSecondEntries(
  actor: Actor,
  page: MethodInput<'second.list'>,
  now: number,
): SecondEntryList {
  const { rows, total } = secondEntriesPage(actor.site.db, page);
  const eligibility = eligibilityFor(actor);
  return {
    rows: rows.map((entry) => toSecondEntryRow(actor, entry, eligibility)),
    total,
    mine: countMine(actor, now),
  };
}

export function errorRates({ site, user }: Actor): MethodOutput<'second.rates'> {
  const judged = judgedSecondEntries(site.db).map((entry) => judgedOf(site.db, entry));
  const order = new Map(site.model.forms.map(({ form }, position) => [form.id, position]));
  const seesAll = roleFor('second.adjudicate', rolesOf(site.db, user)) !== null;
  return {
    people: ratesByPerson(judged).filter((rate) => seesAll || rate.user === user),
    forms: ratesByForm(judged).toSorted(
      (one, other) => (order.get(one.form) ?? 0) - (order.get(other.form) ?? 0),
    ),
  };
}

export function toSecondEntryRow(
  actor: Actor,
  entry: SecondEntry,
  eligibility = eligibilityFor(actor),
): SecondEntryRow {
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
export function isThird({ site, user }: Actor, entry: SecondEntry): boolean {
  return entry.self === 1 || (entry.user !== user && !firstTypistsOf(site.db, entry.formId).has(user));
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
