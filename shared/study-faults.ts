/**
 * Everything that is wrong with a definition that satisfies the schema, each with the path to it.
 * A study with faults is refused at installation: what is wrong in a definition is wrong in every child's file.
 */
import type { StudyFault } from './study-model.ts';
import { findCodeFaults } from './study-scope/code-faults.ts';
import { classificationNode } from './study-scope/compile-classifications.ts';
import { findAidFaults } from './study-scope/compile-aids.ts';
import type { CompiledStudy } from './study-scope/compile-study.ts';
import type { WrittenExpression } from './study-scope/expression-compiler.ts';
import { findCheckFaults } from './study-scope/faults/check-faults.ts';
import { findClassificationFaults } from './study-scope/faults/classification-faults.ts';
import { findCodingFaults } from './study-scope/faults/coding-faults.ts';
import { findDoubleEntryFaults } from './study-scope/faults/double-entry-faults.ts';
import { findEventFaults } from './study-scope/faults/event-faults.ts';
import { findIdFaults } from './study-scope/faults/id-faults.ts';
import { findItemFaults } from './study-scope/faults/item-faults.ts';
import { findSummaryFaults } from './study-scope/faults/summary-faults.ts';
import { findPictureFaults } from './study-scope/faults/picture-faults.ts';
import { findTableFaults } from './study-scope/faults/table-faults.ts';
import { findTextFaults } from './study-scope/faults/text-faults.ts';
import { findCycles } from './study-scope/dependencies.ts';
import type { Path } from './study-scope/paths.ts';
import { itemPath } from './study-scope/paths.ts';
import type { Placement } from './study-scope/place-study.ts';
import { namesIn } from './study-scope/source-names.ts';

export function findFaults(placement: Placement, compiled: CompiledStudy): readonly StudyFault[] {
  return [
    ...findIdFaults(placement.study),
    ...findTextFaults(placement.study),
    ...findEventFaults(placement),
    ...findItemFaults(placement),
    ...findTableFaults(placement.study),
    ...findSummaryFaults(placement.study),
    ...findCheckFaults(placement),
    ...findClassificationFaults(placement),
    ...findAidFaults(placement),
    ...findPictureFaults(placement),
    ...findDoubleEntryFaults(placement),
    ...findCodingFaults(placement),
    ...compiled.faults,
    ...compiled.written.flatMap((written) => findCodeFaults(placement, written)),
    ...compiled.written.flatMap(findClockFaults),
    ...findCircles(placement, compiled),
  ];
}

/** What is asked, owed, counted from or reported must not change while nobody changes anything. */
function findClockFaults({ path, source }: WrittenExpression): readonly StudyFault[] {
  const { names } = namesIn(source);
  const last = path.at(-1);
  const isTimeless =
    last === 'shown' ||
    last === 'required' ||
    path[0] === 'anchors' ||
    path[0] === 'classifications' ||
    path[0] === 'tables';
  if (!isTimeless || !(names.has('now') || names.has('today'))) return [];
  return [{ path, message: 'now() and today() can’t be used here: the answer would change by itself' }];
}

function findCircles(placement: Placement, { dependencies }: CompiledStudy): readonly StudyFault[] {
  return findCycles(dependencies.reads).map((chain) => ({
    path: pathOfNode(placement, chain[0] ?? ''),
    message: `a circle: ${chain.join(' → ')} (each rests on the next)`,
  }));
}

function pathOfNode(placement: Placement, node: string): Path {
  const placed = placement.itemById.get(node);
  if (placed === undefined) {
    const anchor = placement.anchors.findIndex(({ anchor: { id } }) => id === node);
    return anchor === -1
      ? [
          'classifications',
          placement.study.classifications.findIndex(({ id }) => classificationNode(id) === node),
        ]
      : ['anchors', anchor, 'expression'];
  }
  return itemPath(placed, placed.item.expression === undefined ? 'shown' : 'expression');
}
