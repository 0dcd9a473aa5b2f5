/** A classification with its expressions compiled and its structure told apart. */
import type { Classification } from '../classification-definition.ts';
import type { StudyExpression } from '../study-model.ts';
import type { CodeList, Text } from '../study.ts';
import type { Home } from './frame.ts';

export interface PlacedClassification {
  readonly definition: Classification;
  readonly home: Home;
  readonly where: StudyExpression | null;
  readonly rule: ClassificationRule;
}

export type ClassificationRule =
  | { readonly kind: 'criteria'; readonly criterion: PlacedCriterion }
  | {
      readonly kind: 'grades';
      readonly codeList: CodeList;
      /** The worst first. */
      readonly grades: readonly { readonly code: string; readonly criterion: PlacedCriterion }[];
      readonly otherwise: string | null;
    }
  | {
      readonly kind: 'value';
      readonly expression: StudyExpression;
      readonly unit: string | null;
      readonly decimals: number | null;
    };

export interface CriterionWords {
  readonly label: Text;
  readonly note: Text | null;
  readonly source: string | null;
  readonly convention: boolean;
}

export type PlacedCriterion = CriterionWords &
  (
    | { readonly kind: 'holds'; readonly expression: StudyExpression }
    /** all is at least every one of them, any is at least 1. */
    | {
        readonly kind: 'at-least';
        readonly word: 'all' | 'any' | 'at-least';
        readonly count: number;
        readonly parts: readonly PlacedCriterion[];
      }
  );
