/**
 * CHECKS: every edit check of the study and every rule of an item that fired. FIRED and CONFIRMED count findings that stand;
 * QUERIES and OVERRIDDEN count over the whole time, with the reasons for which findings were let stand.
 */
import type { Severity, Check, Study, Text } from '../study.ts';
import { conventionInWords } from './dictionary.ts';
import { fillSheet, integer, text, type FilledColumn, type ReferenceSheet } from './sheet.ts';

/** A finding that stands. `reason`: with which it was confirmed. */
export interface Firing {
  readonly check: string;
  readonly severity: Severity;
  readonly rule: Text;
  readonly confirmed: boolean;
  readonly reason: string | null;
}

/** What came of a check over the whole time; `overrides`: the reasons, null where one is left out. */
export interface CheckHistory {
  queries(check: string): number;
  overrides(check: string): readonly (string | null)[];
}

interface CheckRow {
  readonly id: string;
  readonly severity: string;
  readonly rule: Text;
  /** null for a rule that an item brings along: its bounds, its being required. */
  readonly check: Check | null;
  readonly firings: readonly Firing[];
  readonly queries: number;
  readonly overrides: readonly (string | null)[];
}

export function checkSheet(study: Study, firings: readonly Firing[], history: CheckHistory): ReferenceSheet {
  const byCheck = Map.groupBy(firings, ({ check }) => check);
  const past = (id: string): Pick<CheckRow, 'queries' | 'overrides'> => {
    return { queries: history.queries(id), overrides: history.overrides(id) };
  };
  const ofStudy = study.checks.map((check): CheckRow => {
    const { id, severity, rule } = check;
    return { id, severity, rule, check, firings: byCheck.get(id) ?? [], ...past(id) };
  });
  const known = new Set(study.checks.map(({ id }) => id));
  const ofItems = [...byCheck].flatMap(([id, own]): readonly CheckRow[] => {
    const [first] = own;
    if (first === undefined || known.has(id)) return [];
    return [{ id, severity: first.severity, rule: first.rule, check: null, firings: own, ...past(id) }];
  });
  return fillSheet('CHECKS', columns, [...ofStudy, ...ofItems.sort((a, b) => (a.id < b.id ? -1 : 1))]);
}

const columns: readonly FilledColumn<CheckRow>[] = [
  text('CHECK', 26, ({ id }) => id),
  integer('VERSION', 9, ({ check }) => check?.version),
  text('SEVERITY', 12, ({ severity }) => severity),
  text('RULE_EN', 50, ({ rule }) => rule.en),
  text('RULE_FR', 50, ({ rule }) => rule.fr),
  text('MESSAGE_EN', 50, ({ check }) => check?.message.en),
  text('MESSAGE_FR', 50, ({ check }) => check?.message.fr),
  text('FORMULA', 50, ({ check }) => check?.fires),
  text('EACH', 8, ({ check }) => check?.each ?? 'item'),
  text('WHERE', 10, ({ check }) => check?.form ?? check?.group),
  text('ITEMS', 24, ({ id, check }) => (check === null ? id.split('.')[0] : joined(check.items))),
  text('PHASES', 30, ({ check }) => check?.phases.join(' ')),
  text('SOURCE', 30, ({ check }) => check?.source ?? 'the item itself, see DICTIONARY'),
  text('STATUS', 30, ({ check }) => (check?.convention === true ? conventionInWords : null)),
  integer('FIRED', 8, ({ firings }) => firings.length),
  integer('CONFIRMED', 11, ({ firings }) => firings.filter(({ confirmed }) => confirmed).length),
  integer('QUERIES', 10, ({ queries }) => queries),
  integer('OVERRIDDEN', 12, ({ overrides }) => overrides.length),
  text('REASONS', 40, ({ overrides }) => joinedReasons(overrides)),
];

const joined = (ids: readonly string[]): string | null => (ids.length === 0 ? null : ids.join(' '));

function joinedReasons(overrides: readonly (string | null)[]): string | null {
  const reasons = overrides.filter((reason) => reason !== null);
  return reasons.length === 0 ? null : reasons.join(' | ');
}
