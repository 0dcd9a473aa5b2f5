/**
 * Functions about the answer itself, not its value:
 *
 *   is_typed(x)         true when the field holds anything, a missing reason too
 *   missing_reason(x)   its code, or null
 *   relation_of(x)      "=", "<", "<=", ">" or ">=" of a number; null when there is none
 *   raw(x)              the number as reported, before any conversion
 *   unit_of(x)          the unit as reported, else the unit of the item
 */
import type { SpecialForm } from '../feel/compile.ts';
import type { FeelValue } from '../feel/value.ts';
import type { PlacedItem, StudyModel } from '../study-model.ts';
import type { Cell, GroupRow } from '../subject-index.ts';
import type { Frame, Home } from './frame.ts';
import { ambiguity, locate } from './locate.ts';
import { partsOf, reportedValue, type MeasurementParts } from './measurement.ts';
import { readValue } from './read-value.ts';
import { visibleCell } from './visible-cell.ts';

interface Answer {
  readonly frame: Frame;
  readonly row: GroupRow;
  readonly placed: PlacedItem;
  readonly cell: Cell;
}
interface Look {
  readonly ofAnswer: (answer: Answer) => FeelValue;
  readonly ofNothing: FeelValue;
}

const looks: ReadonlyMap<string, Look> = new Map<string, Look>([
  ['is_typed', { ofAnswer: () => true, ofNothing: false }],
  ['missing_reason', { ofAnswer: ({ cell }) => cell.value.missing, ofNothing: null }],
  [
    'relation_of',
    { ofAnswer: (answer) => (isNumber(answer) ? (reported(answer).relation ?? '=') : null), ofNothing: null },
  ],
  [
    'raw',
    {
      ofAnswer: (answer) =>
        isNumber(answer)
          ? reportedValue(answer.frame.index, answer.row, answer.placed, answer.cell)
          : answer.cell.feel,
      ofNothing: null,
    },
  ],
  [
    'unit_of',
    {
      ofAnswer: (answer) => (isNumber(answer) ? (reported(answer).unit ?? ownUnit(answer.placed)) : null),
      ofNothing: null,
    },
  ],
]);

function isNumber({ cell }: Answer): boolean {
  return cell.value.number !== null;
}

function reported({ frame, row, placed, cell }: Answer): MeasurementParts {
  return partsOf(frame.index, row, placed, cell);
}

/** A measurement with parts has the unit of its row or none. */
function ownUnit({ item }: PlacedItem): string | null {
  return item.parts === undefined ? (item.unit ?? null) : null;
}

export function answerForms(model: StudyModel, home: Home): ReadonlyMap<string, SpecialForm<Frame>> {
  return new Map(
    [...looks].map(([name, look]): [string, SpecialForm<Frame>] => [
      name,
      (args) => {
        const placed = model.item(args[0]?.name ?? '');
        if (args.length !== 1 || placed === undefined)
          return { fault: `write ${name}(item) with the id of an item` };
        const rowOf = locate(home, placed);
        if (rowOf === null) return { fault: ambiguity(placed) };
        return {
          read: (frame) => {
            const row = rowOf(frame);
            if (row === null) return null;
            if (frame.trace !== null) readValue(frame, row, placed);
            const cell = visibleCell(frame.index, row, placed);
            return cell === null ? look.ofNothing : look.ofAnswer({ frame, row, placed, cell });
          },
        };
      },
    ]),
  );
}
