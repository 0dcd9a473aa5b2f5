/** Events, their windows, the matrix of forms and events, and the lists and pattern that belong to the study as a whole. */
import type { StudyFault } from '../../study-model.ts';
import type { Study, StudyEvent } from '../../study.ts';
import { wholeMatch, type Placement } from '../place-study.ts';

export function findEventFaults({ study, eventInstances, formById }: Placement): readonly StudyFault[] {
  const instanceIds = eventInstances.map((instance) => instance.id);
  return [
    ...findSubjectNumberFaults(study),
    ...(['missingReasons', 'changeReasons'] as const)
      .filter((key) => !study.codeLists.some((list) => list.id === study[key]))
      .map((key) => ({ path: [key], message: `there is no code list "${study[key]}"` })),
    ...study.events.flatMap((event, position) =>
      findWindowFaults(study, event).map((fault) => ({
        ...fault,
        path: ['events', position, ...fault.path],
      })),
    ),
    ...eventInstances
      .filter(
        (instance) =>
          instance.number !== null &&
          instanceIds.indexOf(instance.id) !== instanceIds.lastIndexOf(instance.id),
      )
      .map((instance) => ({
        path: ['events', study.events.indexOf(instance.event), 'repeating'],
        message: `its instance "${instance.id}" has the id of another event: leave number ${String(instance.number)} out with "except"`,
      })),
    ...findMatrixFaults(study),
    ...[...formById.values()]
      .filter((form) => form.events.length === 0)
      .map((form) => ({
        path: ['forms', form.order, 'id'],
        message: `form "${form.form.id}" belongs to no event: give it a row in the matrix`,
      })),
  ];
}

function findSubjectNumberFaults(study: Study): readonly StudyFault[] {
  const { pattern, example } = study.subjectNumber;
  const compiled = wholeMatch(pattern);
  if (compiled === null)
    return [{ path: ['subjectNumber', 'pattern'], message: 'the pattern is not a regular expression' }];
  const match = compiled.exec(example);
  if (match === null)
    return [{ path: ['subjectNumber', 'example'], message: 'the example does not match the pattern' }];
  return match[1] === undefined
    ? [{ path: ['subjectNumber', 'pattern'], message: 'the pattern has no group ( ) for the site code' }]
    : [];
}

function findWindowFaults(study: Study, event: StudyEvent): readonly StudyFault[] {
  const faults: StudyFault[] = [];
  const { anchor, window, repeating } = event;
  if (anchor !== undefined && !study.anchors.some((known) => known.id === anchor))
    faults.push({ path: ['anchor'], message: `there is no anchor "${anchor}"` });
  if (window !== undefined && anchor === undefined)
    faults.push({ path: ['window'], message: 'a window needs an anchor to count from' });
  if (window !== undefined && !(window.from <= window.target && window.target <= window.to))
    faults.push({
      path: ['window'],
      message: `the target ${String(window.target)} is not between ${String(window.from)} and ${String(window.to)}`,
    });
  if (repeating !== undefined && repeating.first > repeating.last)
    faults.push({
      path: ['repeating'],
      message: `the first number ${String(repeating.first)} is above the last ${String(repeating.last)}`,
    });
  return faults;
}

function findMatrixFaults(study: Study): readonly StudyFault[] {
  return Object.entries(study.matrix).flatMap(([form, events]) => [
    ...(study.forms.some((known) => known.id === form)
      ? []
      : [{ path: ['matrix', form], message: `there is no form "${form}"` }]),
    ...Object.keys(events)
      .filter((event) => !study.events.some((known) => known.id === event))
      .map((event) => ({ path: ['matrix', form, event], message: `there is no event "${event}"` })),
  ]);
}
