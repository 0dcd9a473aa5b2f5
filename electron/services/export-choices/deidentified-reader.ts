/**
 * The record as it leaves the site without saying whose it is. Each value is treated as the definition says
 * (shared/deidentification/treatment.ts); and nothing beside the values may tell what they hide:
 *
 * - AUDIT, QUERIES and SIGNATURES go by stand-in and are numbered anew, because one order over all subjects would set the
 *   moved dates of one beside those of another;
 * - unless dates are kept, no moment of the record-keeping leaves: beside the data cut it would tell by how much a subject's dates were moved;
 * - hashes of entries and of what was signed do not leave: from one, a date or number that is left out could be found by trying;
 * - names of people, DETAIL but for marks, and what a check said with values in it never leave; what people wrote, only where free text is kept.
 */
import type { Deidentification } from '#shared/export-choices.ts';
import type { FormState, ItemValue } from '#shared/record.ts';
import type { Query } from '#shared/query.ts';
import type { Signature } from '#shared/signature.ts';
import type { Study } from '#shared/study.ts';
import { treatmentsOf, type Treatment } from '#shared/deidentification/treatment.ts';
import { inUnit, treatValue, type StandIn } from '#shared/deidentification/values.ts';
import type { ExportAuditEntry, ExportReader, ExportRow, ExportSubject } from '../export-rows.ts';
import type { Survey } from './survey.ts';

export interface Treating {
  treatment(item: string): Treatment;
  /** null: nothing of it leaves. */
  treat(subject: string, item: string, value: ItemValue): ItemValue | null;
  /** What the subject is called in the file. */
  nameOf(subject: string): string;
}

/** `standIns`: of every subject that the reader knows. */
export function createTreating(
  study: Study,
  choices: Deidentification,
  standIns: ReadonlyMap<string, StandIn>,
): Treating {
  const treatments = treatmentsOf(study, choices);
  const items = study.forms.flatMap((form) => form.groups.flatMap((group) => group.items));
  const limits = new Map(items.map(({ id, unit }) => [id, inUnit(choices.oldestAge ?? Infinity, unit)]));
  const standInOf = (subject: string): StandIn => {
    const found = standIns.get(subject);
    if (found === undefined) throw new Error('a subject has no stand-in');
    return found;
  };
  // An item that the definition does not know any more: what it holds is not known either.
  const treatment = (item: string): Treatment => treatments.get(item) ?? 'identifier';
  return {
    treatment,
    treat: (subject, item, value) =>
      treatValue(value, treatment(item), standInOf(subject), limits.get(item) ?? Infinity),
    nameOf: (subject) => (choices.subjects === 'replaced' ? standInOf(subject).replacement : subject),
  };
}

export function createDeidentifiedReader(
  reader: ExportReader,
  study: Study,
  choices: Deidentification,
  treating: Treating,
  survey: Survey,
): ExportReader {
  const { nameOf, treat } = treating;
  const keepsText = choices.freeText === 'kept';
  const keepsTimes = choices.dates === 'kept';
  const ownNumbers = new Map([...survey.subjects].map((subject) => [nameOf(subject), subject]));
  const inOrder = [...ownNumbers].sort(([a], [b]) => compare(a, b)).map(([, subject]) => subject);
  const listed = listedReasons(study);
  const reasonOf = (reason: string | null): string | null =>
    reason === null || keepsText || listed.has(reason) ? reason : null;

  function* formRows(form: string, eventOrder: (event: string) => number): Generator<ExportRow> {
    for (const row of reader.formRows(form, eventOrder, nameOf)) {
      const values = new Map<string, ItemValue>();
      for (const [item, value] of row.values) {
        const treated = treat(row.subject, item, value);
        if (treated !== null) values.set(item, treated);
      }
      yield { ...row, subject: nameOf(row.subject), values };
    }
  }

  function* audit(): Generator<ExportAuditEntry> {
    let shown = 0;
    for (const subject of inOrder) {
      for (const entry of reader.audit(subject)) {
        shown += 1;
        const { item, reason } = entry;
        const treated = (json: string | null): string | null => {
          if (json === null || item === null) return null;
          const value = treat(subject, item, JSON.parse(json) as ItemValue); // as the trail stores it
          return value === null ? null : JSON.stringify(value);
        };
        yield {
          ...entry,
          ...{ shown, subject: nameOf(subject), user: null, detail: harmless(entry), hash: null },
          ...(keepsTimes ? {} : { at: null, offsetMinutes: null }),
          ...{ old: treated(entry.old), new: treated(entry.new), reason: reasonOf(reason) },
        };
      }
    }
  }

  const toQuery = (query: Query, id: number): Query => ({
    ...query,
    ...{ id, subject: nameOf(query.subject), message: null },
    ...(keepsTimes ? {} : { openedAt: '', changedAt: '' }),
    messages: query.messages.map((message) => ({
      ...message,
      user: '',
      text: message.text === null || keepsText ? message.text : '',
      ...(keepsTimes ? {} : { at: '' }),
    })),
  });
  const toSignature = (signature: Signature, id: number): Signature => ({
    ...signature,
    ...{ id, subject: nameOf(signature.subject), user: '', printedName: '', contentHash: '' },
    ...(keepsTimes ? {} : { at: '' }),
    validity:
      signature.validity.state === 'valid'
        ? signature.validity
        : { state: 'broken', by: signature.validity.by.map((change) => ({ ...change, seq: 0, user: '' })) },
  });
  const numbered = <T extends { readonly subject: string }>(
    all: Iterable<T>,
    change: (one: T, number: number) => T,
  ): readonly T[] =>
    [...all]
      .sort((a, b) => compare(nameOf(a.subject), nameOf(b.subject)))
      .map((one, position) => change(one, position + 1));

  return {
    ...reader,
    investigators: () => [],
    siteOf: (name) => reader.siteOf(ownNumbers.get(name) ?? name),
    formRows,
    countFormValues: () =>
      new Map(
        [...reader.countFormValues()].map(([form, count]) => [
          form,
          count - (survey.withheld.get(form) ?? 0),
        ]),
      ),
    countValues: () => {
      const counts = reader.countValues();
      const withheld = [...survey.withheld.values()].reduce((sum, count) => sum + count, 0);
      return { ...counts, exported: counts.exported - withheld, withheld };
    },
    subjects: () =>
      [...reader.subjects()]
        .map((subject): ExportSubject => ({
          ...subject,
          number: nameOf(subject.number),
          ...(keepsTimes ? {} : { enrolledAt: null, changedAt: null }),
        }))
        .sort((a, b) => compare(a.number, b.number)),
    answers: (item) =>
      new Map(
        treating.treatment(item) === 'kept'
          ? [...reader.answers(item)].map(([subject, answer]) => [nameOf(subject), answer])
          : [],
      ),
    audit,
    firings: () =>
      reader.firings()?.map((firing) => ({
        ...firing,
        subject: nameOf(firing.subject),
        reason: reasonOf(firing.reason),
      })) ?? null,
    queries: () => numbered(reader.queries(), toQuery),
    signatures: () => numbered(reader.signatures(), toSignature),
  };
}

const marks = ['derived', 'parked'] as const;
const formStates = [
  ...(['empty', 'in-progress', 'complete', 'verified', 'signed', 'locked'] as const),
] satisfies readonly FormState[];

/** Of the detail of an entry: marks, the states of a form, and which check it is about. All else may hold anything. */
function harmless({ action, detail }: ExportAuditEntry): string | null {
  if (detail === null) return null;
  const content: unknown = JSON.parse(detail);
  if (typeof content !== 'object' || content === null) return null;
  const kept = Object.entries(content).filter(([name, value]: [string, unknown]) => {
    if (marks.some((mark) => mark === name)) return typeof value === 'boolean';
    if (name === 'from' || name === 'to')
      return action.startsWith('form.') && formStates.some((state) => state === value);
    return name === 'check' && action === 'finding.confirmed';
  });
  return kept.length === 0 ? null : JSON.stringify(Object.fromEntries(kept));
}

/** Reasons that were taken from the study's list say nothing of anybody. */
function listedReasons({ codeLists, changeReasons }: Study): ReadonlySet<string> {
  const codes = codeLists.find(({ id }) => id === changeReasons)?.codes ?? [];
  return new Set(codes.flatMap(({ code, label }) => [code, label.en, label.fr]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
