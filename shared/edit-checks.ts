/**
 * Runs the checks of a study over one subject. The same function runs while typing, at a save, at an import and in
 * batch, so the same answers give the same findings everywhere, in the same order.
 *
 *   fires true   a finding
 *   fires false  none
 *   fires null   not evaluable: none
 *
 * Only forms that were begun are looked at, and of repeating groups only rows that hold an answer.
 */
import type { Changed } from './derivations.ts';
import { runItemRules } from './item-rules.ts';
import { minuteNumber } from './partial-date.ts';
import type { Finding, LocalMinute } from './record.ts';
import type { PlacedCheck, PlacedGroup, PlacedItem, StudyModel } from './study-model.ts';
import { sortFindings } from './study-scope/finding-order.ts';
import { frameAt, type Frame } from './study-scope/frame.ts';
import { ofRule, toFinding } from './study-scope/make-finding.ts';
import { everything, touchedBy, type Reach, type Selection } from './study-scope/selection.ts';
import { emptyInstance, instanceKey, type FormInstance, type SubjectIndex } from './subject-index.ts';
import type { Phase } from './study.ts';

export interface CheckOptions {
  readonly phase: Phase;
  readonly now: LocalMinute;
  /** Only findings shown in these form instances; they count as begun, so that an empty form can't be completed. */
  readonly only?: readonly { readonly event: string; readonly form: string }[];
  /** findingKey → confirmationBasis of what was confirmed. */
  readonly confirmed?: ReadonlyMap<string, string>;
}

export function runChecks(model: StudyModel, index: SubjectIndex, options: CheckOptions): readonly Finding[] {
  return finish(model, collect(model, index, options, everything), options);
}

/**
 * The same as runChecks for the index after a change of values, given the findings before it with the same options.
 * `changed` names every place whose value differs, derived ones included. Findings that rest on the clock stay as they
 * are unless it counts as gone on; those that rest on the state of a form are only told anew by runChecks.
 */
export function runChecksTouching(
  model: StudyModel,
  index: SubjectIndex,
  previous: readonly Finding[],
  changed: Changed,
  options: CheckOptions,
): readonly Finding[] {
  const touched = touchedBy(model, index, changed.places, changed.clock);
  const kept = previous.filter((finding) => {
    const placed = model.item(finding.item);
    if (placed === undefined) return false;
    const check = model.plan.byId.get(finding.check);
    const reach = check === undefined ? touched.ofItem(placed) : touched.ofCheck(check);
    return (
      reach === 'nowhere' ||
      (reach === 'touched' && !touched.touches(finding.event, placed.home, finding.row))
    );
  });
  return finish(model, [...kept, ...collect(model, index, options, touched)], options);
}

/** Identity of a finding: where it is shown and what found it. */
export function findingKey(finding: Pick<Finding, 'event' | 'form' | 'row' | 'item' | 'check'>): string {
  return [finding.event, finding.form, String(finding.row), finding.item, finding.check].join('|');
}

/**
 * What a confirmation rests on: the version of the check and every value that it looked at, as given.
 * When this text is another one, what was confirmed is no longer what stands there, and the finding is open again.
 */
export function confirmationBasis(finding: Pick<Finding, 'version' | 'used'>): string {
  const values = finding.used.map((used) => [
    used.event,
    used.form,
    used.row,
    used.item,
    used.text,
    used.relation,
    used.unit,
    used.missing,
  ]);
  return JSON.stringify([finding.version, ...values]);
}

function finish(
  model: StudyModel,
  findings: readonly Finding[],
  { only, confirmed }: CheckOptions,
): readonly Finding[] {
  const places =
    only === undefined ? null : new Set(only.map((place) => instanceKey(place.event, place.form)));
  const wanted =
    places === null
      ? findings
      : findings.filter((finding) => places.has(instanceKey(finding.event, finding.form)));
  return sortFindings(
    model,
    wanted.map((finding) => {
      const basis = finding.severity === 'soft' ? confirmed?.get(findingKey(finding)) : undefined;
      const isConfirmed = basis !== undefined && basis === confirmationBasis(finding);
      return isConfirmed === (finding.status === 'confirmed')
        ? finding
        : { ...finding, status: isConfirmed ? 'confirmed' : 'open' };
    }),
  );
}

interface DueCheck {
  readonly placed: PlacedCheck;
  readonly reach: Exclude<Reach, 'nowhere'>;
}
/** What can have something to say in a group, in whichever event. */
interface DueOfGroup {
  readonly ruled: readonly { readonly placed: PlacedItem; readonly reach: Reach }[];
  readonly checks: readonly DueCheck[];
  readonly ofValues: readonly { readonly placed: PlacedItem; readonly checks: readonly DueCheck[] }[];
  /** In rows that were not touched, too. */
  readonly isEverywhere: boolean;
}

function collect(
  model: StudyModel,
  index: SubjectIndex,
  options: CheckOptions,
  selection: Selection,
): Finding[] {
  const { phase } = options;
  const now = minuteNumber(options.now) ?? Number.NaN;
  const findings: Finding[] = [];
  /** Those of the checks that can have something to say now. */
  const dueOf = (checks: readonly PlacedCheck[]): readonly DueCheck[] => {
    const due: DueCheck[] = [];
    for (const placed of checks) {
      if (!placed.phases.has(phase)) continue;
      const reach = selection.ofCheck(placed);
      if (reach !== 'nowhere') due.push({ placed, reach });
    }
    return due;
  };
  const dueOfGroup = (group: PlacedGroup): DueOfGroup | null => {
    const plan = model.plan.groups[group.order];
    if (plan === undefined) return null;
    const ruled = plan.ruled
      .map((placed) => ({ placed, reach: selection.ofItem(placed) }))
      .filter(({ reach }) => reach !== 'nowhere');
    const checks = dueOf(plan.checks);
    const ofValues = plan.valueChecks
      .map((concerned) => ({ placed: concerned.placed, checks: dueOf(concerned.checks) }))
      .filter((concerned) => concerned.checks.length > 0);
    const due = [...ruled, ...checks, ...ofValues.flatMap((concerned) => concerned.checks)];
    if (due.length === 0) return null;
    return { ruled, checks, ofValues, isEverywhere: due.some(({ reach }) => reach === 'everywhere') };
  };
  // Asked once for the days of a stay, whose forms are alike.
  const dueByGroup = new Map<PlacedGroup, DueOfGroup | null>();
  const knownDueOf = (group: PlacedGroup): DueOfGroup | null => {
    const known = dueByGroup.get(group);
    if (known !== undefined) return known;
    const due = dueOfGroup(group);
    dueByGroup.set(group, due);
    return due;
  };
  const run = ({ placed, reach }: DueCheck, frame: Frame, isTouched: boolean): void => {
    if (reach === 'touched' && !isTouched) return;
    if (frame.instance !== null && placed.events?.has(frame.instance.event.event.id) === false) return;
    if (placed.fires.read(frame) !== true) return;
    const finding = toFinding(placed, frame);
    if (finding !== null) findings.push(finding);
  };

  for (const instance of instancesOf(model, index, options)) {
    for (const group of instance.form.groups) {
      const due = knownDueOf(group);
      if (due === null) continue;
      for (const row of instance.rows[group.position] ?? []) {
        if (group.group.repeating && !row.answered) continue;
        const isTouched = selection.touches(instance.event.id, group, row.row);
        if (!isTouched && !due.isEverywhere) continue;
        for (const { placed, reach } of due.ruled) {
          if (reach === 'touched' && !isTouched) continue;
          const found = runItemRules(index, instance, row, placed, phase);
          if (found !== null) findings.push(ofRule(found));
        }
        const frame = frameAt(index, now, instance, group.group.repeating ? row : null);
        for (const check of due.checks) run(check, frame, isTouched);
        for (const { placed, checks } of due.ofValues) {
          if ((row.cells[placed.position] ?? null) === null) continue;
          const valueFrame: Frame = { ...frame, row, subjectItem: placed };
          for (const check of checks) run(check, valueFrame, isTouched);
        }
      }
    }
    const frame = frameAt(index, now, instance, null);
    const isTouched = selection.touchesForm(instance.event.id, instance.form);
    for (const check of dueOf(model.plan.forms[instance.form.order] ?? [])) run(check, frame, isTouched);
  }
  const frame = frameAt(index, now, null, null);
  for (const check of dueOf(model.plan.subject)) run(check, frame, false);
  return findings;
}

function instancesOf(
  model: StudyModel,
  index: SubjectIndex,
  { only }: CheckOptions,
): readonly FormInstance[] {
  const begun = index.instances.filter((instance) => instance.begun);
  const empty = (only ?? []).filter(
    (place) => index.byKey.get(instanceKey(place.event, place.form))?.begun !== true,
  );
  return [
    ...begun,
    ...empty
      .map((place) => emptyInstance(model, place.event, place.form))
      .filter((instance) => instance !== null),
  ];
}
