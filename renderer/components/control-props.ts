/** What every control of an item takes and tells; which of them an item gets is decided by its type. */
import type { ItemValue } from '#shared/record.ts';
import type { PlacedItem } from '#shared/study-model.ts';

export interface ControlProps {
  readonly id: string;
  readonly placed: PlacedItem;
  /** The answer as it is understood now, typed or saved. */
  readonly value: ItemValue | null;
  /** In the control while nobody is in it. */
  readonly shownText: string;
  /** In the control while it is worked in. */
  readonly typedText: string;
  readonly isDraft: boolean;
  readonly isLocked: boolean;
  readonly isRequired: boolean;
  readonly isInvalid: boolean;
  readonly labelledBy: string;
  /** In a table, where the headings that label a cell may be scrolled out of sight. */
  readonly label?: string | undefined;
  readonly describedBy: string;
  /** Of a calculated item without a value: what is missing, in words. */
  readonly missing?: string | undefined;
}

export interface ControlEvents {
  /** A text stands in the control and is not yet to be saved. */
  typed: [text: string];
  /** A choice was made: it is to be saved. */
  given: [text: string];
  /** The person left the control. */
  left: [];
  /** The person is done here and wants the next field. */
  done: [back: boolean];
  /** What was typed is to be forgotten. */
  dropped: [];
}
