/**
 * The heart: decides what a save writes, or why it is refused. Pure; the caller reads the record, carries out the plan
 * and writes one trail entry for each write, all in one transaction. A field, a paste, an import row and a merge all
 * come through here.
 *
 * | the form is | a change                                                                         |
 * |-------------|----------------------------------------------------------------------------------|
 * | empty       | is written; the form is in progress                                              |
 * | in progress | is written                                                                       |
 * | complete    | needs a reason; the form stays complete, a new hard finding stays open           |
 * | verified    | needs a reason; the form is complete and has to be verified again                |
 * | signed      | needs a reason; the form is complete, to be verified and signed again            |
 * | locked      | is refused, also where it would only alter a calculated item                     |
 *
 * A calculated item that changes through it, or an answer that is parked, takes the review of its own form back as well.
 */
import { isReasonBare } from './change-reason.ts';
import { isSameValue } from './item-value.ts';
import { nothing } from './item-value/reading.ts';
import {
  changedPlaces,
  formKey,
  placeKey,
  putState,
  putValue,
  recordedAt,
  removeValue,
  startDraft,
  stateOf,
  toRecord,
  valueAt,
  valuesOf,
  type DraftRecord,
} from './plan-save/draft-record.ts';
import { withCauses } from './plan-save/causes.ts';
import { phaseOf, standingFindings, standingFindingsTouching } from './plan-save/findings.ts';
import { isCompleteOrLater, isReviewed } from './plan-save/form-state.ts';
import { findClosedFault, findFormFault } from './plan-save/locate.ts';
import {
  refuse,
  type AcceptedPlan,
  type RefusedPlan,
  type SaveContext,
  type SavePlan,
} from './plan-save/plan.ts';
import { readChanges, type ReadChange } from './plan-save/read-changes.ts';
import { settleDraft, stateChangesOf, writesOf, type Said } from './plan-save/settle.ts';
import type { Change, Finding, FormState, ItemValue, Origin, SubjectRecord, ValuePlace } from './record.ts';
import type { StudyModel } from './study-model.ts';

export { phaseOf, standingFindings, standingFindingsTouching } from './plan-save/findings.ts';
export { planRefusalKeys } from './plan-save/plan.ts';
export type {
  AcceptedPlan,
  FormStateChange,
  PlanRefusal,
  RefusedPlan,
  SaveContext,
  SavePlan,
  Standing,
  ValueWrite,
} from './plan-save/plan.ts';

/**
 * All changes or none. A change that says what is recorded already writes nothing, and needs neither reason nor version.
 * `completing`: forms that are complete with these changes, as planComplete has it.
 */
export function planSave(
  model: StudyModel,
  record: SubjectRecord,
  changes: readonly Change[],
  context: SaveContext,
  completing: readonly FormPlace[] = [],
): SavePlan {
  const draft = startDraft(record, context.standing?.values);
  const read = readChanges(model, draft, changes, context.language);
  if (!read.ok) return read;
  const effective = read.changes.filter((change) => !isSameValue(valueAt(draft, change.place), change.value));
  for (const change of effective) {
    const fault = findConflict(draft, change) ?? findMissingReason(model, draft, change);
    if (fault !== null) return fault;
  }
  const said = new Map<string, { readonly origin: Origin; readonly reason: string | null }>();
  for (const { place, value, reason } of effective) {
    putValue(draft, place, value, false);
    said.set(placeKey(place), { origin: context.origin, reason });
  }
  for (const place of new Map(effective.map((change) => [formKey(change.place), change.place])).values()) {
    fillSystemItems(model, draft, place, said);
    const state = stateOf(draft, place.event, place.form);
    if (state === 'empty') putState(draft, place.event, place.form, 'in-progress');
    if (isReviewed(state)) putState(draft, place.event, place.form, 'complete');
  }
  return finishCompleting(model, draft, said, context, completing, changes[0] ?? null);
}

/** Takes a row out of a repeating group: each of its values leaves with an entry of its own. */
export function planRemoveRow(
  model: StudyModel,
  record: SubjectRecord,
  asked: {
    readonly event: string;
    readonly form: string;
    readonly group: string;
    readonly row: number;
    readonly reason?: string;
  },
  context: SaveContext,
): SavePlan {
  const { event, form, group, row } = asked;
  const draft = startDraft(record, context.standing?.values);
  const fault = findFormFault(model, event, form) ?? findClosedFault(draft, event, form);
  if (fault !== null) return fault;
  const placed = model.group(group);
  if (placed?.home.form.id !== form || !placed.group.repeating) {
    return refuse(
      'not-found',
      'no-such-group',
      `Form ${form} has no repeating group of that name: check the id.`,
      { form },
    );
  }
  const items = new Set(placed.items.map(({ item }) => item.id));
  const inRow = record.values.filter(
    (value) => value.event === event && value.form === form && value.row === row && items.has(value.item),
  );
  if (inRow.length === 0)
    return refuse(
      'not-found',
      'no-such-row',
      `Row ${row} of group ${group} holds nothing: it is not there to be removed.`,
      { group, row },
    );
  const reason = (asked.reason ?? '').trim();
  if (isCompleteOrLater(stateOf(draft, event, form))) {
    if (reason === '') return reasonNeeded({ event, form });
    if (isReasonBare(model, reason)) return reasonWordsNeeded({ event, form });
  }
  const said = new Map(
    inRow.map((value) => [
      placeKey(value),
      { origin: context.origin, reason: reason === '' ? null : reason },
    ]),
  );
  for (const key of said.keys()) removeValue(draft, key);
  if (isReviewed(stateOf(draft, event, form))) putState(draft, event, form, 'complete');
  return finish(model, draft, said, context, asked);
}

/**
 * Forms that a person moves on or back, whose conditions the caller has looked at (shared/workflow.ts); what an expression
 * says of their state follows. `filling` are values of the application itself: what a signature leaves in its own form.
 */
export function planMoves(
  model: StudyModel,
  record: SubjectRecord,
  moving: readonly (FormPlace & { readonly to: FormState })[],
  context: SaveContext,
  more: { readonly reason?: string; readonly filling?: readonly FilledValue[] } = {},
): SavePlan {
  const draft = startDraft(record, context.standing?.values);
  const said = new Map<string, { readonly origin: Origin; readonly reason: string | null }>();
  for (const { value, ...place } of more.filling ?? []) {
    if (isSameValue(valueAt(draft, place), value)) continue;
    putValue(draft, place, value, false);
    said.set(placeKey(place), { origin: 'system', reason: null });
  }
  for (const { event, form, to } of moving) {
    const fault = findFormFault(model, event, form);
    if (fault !== null) return fault;
    putState(draft, event, form, to);
  }
  const plan = finish(model, draft, said, context, moving[0] ?? null);
  if (!plan.ok || more.reason === undefined) return plan;
  const asked = new Set(moving.map(formKey));
  const { reason } = more;
  return {
    ...plan,
    formStates: plan.formStates.map((change) =>
      asked.has(formKey(change)) ? { ...change, reason } : change,
    ),
  };
}

export interface FilledValue extends ValuePlace {
  readonly value: ItemValue;
}

/** In progress → complete. Refused while the form has open hard findings or required items without an answer. */
export function planComplete(
  model: StudyModel,
  record: SubjectRecord,
  asked: FormPlace,
  context: SaveContext,
): SavePlan {
  return finishCompleting(
    model,
    startDraft(record, context.standing?.values),
    new Map(),
    context,
    [asked],
    asked,
  );
}

/**
 * Everything calculated, hidden and checked anew, with no change by a person: what a newer definition makes of a record.
 * Values of locked forms stay as they are.
 */
export function planRecheck(model: StudyModel, record: SubjectRecord, context: SaveContext): SavePlan {
  return finish(model, startDraft(record), new Map(), { ...context, standing: null }, null, true);
}

interface FormPlace {
  readonly event: string;
  readonly form: string;
}

function finishCompleting(
  model: StudyModel,
  draft: DraftRecord,
  said: Said,
  context: SaveContext,
  completing: readonly FormPlace[],
  asked: FormPlace | null,
): SavePlan {
  for (const { event, form } of completing) {
    const fault = findFormFault(model, event, form) ?? findNotInProgress(draft, event, form);
    if (fault !== null) return fault;
    putState(draft, event, form, 'complete');
  }
  const plan = finish(model, draft, said, context, asked);
  if (!plan.ok) return plan;
  return completing.map((place) => findOpenItems(plan, place)).find((fault) => fault !== null) ?? plan;
}

function findNotInProgress(draft: DraftRecord, event: string, form: string): RefusedPlan | null {
  const state = stateOf(draft, event, form);
  if (state === 'in-progress') return null;
  if (state === 'empty')
    return refuse(
      'conflict',
      'form-is-empty',
      `Form ${form} in ${event} holds no answer: fill it in before completing it.`,
      { event, form },
    );
  return refuse('conflict', 'form-is-complete-already', `Form ${form} in ${event} is ${state} already.`, {
    event,
    form,
    state,
  });
}

function finish(
  model: StudyModel,
  draft: DraftRecord,
  said: Said,
  context: SaveContext,
  asked: { readonly event: string; readonly form: string } | null,
  anew = false,
): SavePlan {
  const phase = context.phase ?? phaseOf(context.origin);
  // A form's state reaches checks and formulas everywhere: then all is worked out again.
  const isStill = (): boolean => stateChangesOf(draft).length === 0;
  let standing = isStill() ? (context.standing ?? null) : null;
  const changed = anew || said.size > 0 || !isStill();
  const clock = standing?.now !== context.now;
  let settled = settleDraft(
    model,
    draft,
    { now: context.now, clock },
    changed,
    standing?.index ?? null,
    anew,
  );
  if (settled.ok && standing !== null && !isStill()) {
    // What the change reached took a review back.
    standing = null;
    settled = settleDraft(model, draft, { now: context.now, clock }, changed, null);
  }
  if (!settled.ok) return settled;
  const { index } = settled;
  const writes = writesOf(draft, said);
  const values = valuesOf(draft);
  const record = toRecord(draft, values);
  const at = { now: context.now, confirmed: context.confirmed, phase };
  return {
    ok: true,
    writes,
    formStates: withCauses(stateChangesOf(draft), writes),
    findings:
      standing?.phase === phase
        ? standingFindingsTouching(model, index, record.forms, at, {
            findings: standing.findings,
            changed: { places: changedPlaces(draft), clock },
          })
        : standingFindings(model, index, record.forms, at),
    formState: asked === null ? 'empty' : stateOf(draft, asked.event, asked.form),
    ...{ record, values, index, phase, now: context.now },
  };
}

function findConflict(draft: DraftRecord, change: ReadChange): RefusedPlan | null {
  if (change.baseVersion === null) return null;
  const { event, form, row, item } = change.place;
  const version = recordedAt(draft, placeKey(change.place))?.version ?? 0;
  if (version === change.baseVersion) return null;
  return refuse(
    'conflict',
    'value-changed-meanwhile',
    `Item ${item} (${form} in ${event}, row ${row}) was changed meanwhile and is at version ${version}: look at the value that stands and type again.`,
    { event, form, row, item, version },
    change.place,
  );
}

function findMissingReason(model: StudyModel, draft: DraftRecord, change: ReadChange): RefusedPlan | null {
  const { place, reason } = change;
  if (!isCompleteOrLater(stateOf(draft, place.event, place.form))) return null;
  if (reason === null) return reasonNeeded(place, place);
  return isReasonBare(model, reason) ? reasonWordsNeeded(place, place) : null;
}

function reasonWordsNeeded(
  { event, form }: { readonly event: string; readonly form: string },
  place?: ValuePlace,
): RefusedPlan {
  return refuse(
    'reason-needed',
    'reason-words-needed',
    `Form ${form} in ${event} is complete, and the reason given says nothing by itself: add what it is in words.`,
    { event, form },
    place,
  );
}

function reasonNeeded(
  form: { readonly event: string; readonly form: string },
  place?: ValuePlace,
): RefusedPlan {
  return refuse(
    'reason-needed',
    'reason-needed',
    `Form ${form.form} in ${form.event} is complete: give the reason for the change${place === undefined ? '' : ` of ${place.item}`}.`,
    {
      event: form.event,
      form: form.form,
      ...(place === undefined ? {} : { item: place.item, row: place.row }),
    },
    place,
  );
}

/** Site code and subject number stand in their items from the first answer of the form on. */
function fillSystemItems(
  model: StudyModel,
  draft: DraftRecord,
  form: { readonly event: string; readonly form: string },
  said: Map<string, { readonly origin: Origin; readonly reason: string | null }>,
): void {
  for (const { item } of model.form(form.form)?.items ?? []) {
    // A signature fills its own items.
    if (item.system !== 'site' && item.system !== 'subject') continue;
    const place: ValuePlace = { event: form.event, form: form.form, row: 1, item: item.id };
    const value = { ...nothing, text: item.system === 'site' ? draft.before.site : draft.before.subject };
    if (isSameValue(valueAt(draft, place), value)) continue;
    putValue(draft, place, value, false);
    said.set(placeKey(place), { origin: 'system', reason: null });
  }
}

function findOpenItems(
  plan: AcceptedPlan,
  { event, form }: { readonly event: string; readonly form: string },
): RefusedPlan | null {
  const open = plan.findings.filter(
    (finding) => finding.severity === 'hard' && finding.event === event && finding.form === form,
  );
  if (open.length === 0) return null;
  const required = open.filter(isUnanswered).length;
  const hard = open.length - required;
  const what = [
    ...(hard > 0 ? [`${hard} open hard ${hard === 1 ? 'finding' : 'findings'}`] : []),
    ...(required > 0 ? [`${required} required ${required === 1 ? 'item' : 'items'} without an answer`] : []),
  ];
  return refuse(
    'conflict',
    'form-has-open-items',
    `Form ${form} in ${event} has ${what.join(' and ')}: correct or answer before completing it.`,
    { event, form, hard, required },
  );
}

function isUnanswered(finding: Finding): boolean {
  return finding.check === `${finding.item}.required`;
}
