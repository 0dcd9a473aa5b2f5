/** Which checks and rules concern which group, form and item: worked out once, so that a keystroke looks at nothing else. */
import type { PlacedCheck, PlacedItem } from '../study-model.ts';
import type { Placement } from './place-study.ts';
import { checkHome } from './paths.ts';

export interface GroupPlan {
  readonly checks: readonly PlacedCheck[];
  /** Items that bring rules of their own: bounds, a pattern, a duty to answer, a condition. */
  readonly ruled: readonly PlacedItem[];
  readonly valueChecks: readonly { readonly placed: PlacedItem; readonly checks: readonly PlacedCheck[] }[];
  readonly calculated: readonly PlacedItem[];
}
export interface CheckPlan {
  /** By order of the group, and of the form, in the study. */
  readonly groups: readonly GroupPlan[];
  readonly forms: readonly (readonly PlacedCheck[])[];
  readonly subject: readonly PlacedCheck[];
  readonly byId: ReadonlyMap<string, PlacedCheck>;
}

export const noPlan: CheckPlan = { groups: [], forms: [], subject: [], byId: new Map() };

export function planChecks(placement: Placement, checks: readonly PlacedCheck[]): CheckPlan {
  const each = (kind: PlacedCheck['check']['each']): readonly PlacedCheck[] =>
    checks.filter(({ check }) => check.each === kind);
  const rowChecks = each('row');
  const formChecks = each('form');
  const valueChecks = each('value');
  return {
    groups: placement.groups.map((group) => ({
      checks: rowChecks.filter(
        ({ check }) => groupOf(placement, check.group, check.items[0]) === group.group.id,
      ),
      ruled: group.items.filter(bringsRules),
      valueChecks: group.items.flatMap((placed) => {
        const concerned = valueChecks.filter((check) => concerns(check, placed));
        return concerned.length === 0 ? [] : [{ placed, checks: concerned }];
      }),
      calculated: group.items.filter((placed) => placed.item.expression !== undefined),
    })),
    forms: placement.forms.map((form) =>
      formChecks.filter(({ check }) => {
        const home = checkHome(placement, check);
        return home?.kind === 'form' && home.form === form;
      }),
    ),
    subject: each('subject'),
    byId: new Map(checks.map((placed) => [placed.check.id, placed])),
  };
}

function groupOf(
  placement: Placement,
  group: string | undefined,
  firstItem: string | undefined,
): string | undefined {
  return group ?? placement.itemById.get(firstItem ?? '')?.group.id;
}

function concerns({ check }: PlacedCheck, placed: PlacedItem): boolean {
  if (check.of !== undefined && !check.of.includes(placed.item.type)) return false;
  if (check.form !== undefined && check.form !== placed.form.id) return false;
  if (check.group !== undefined && check.group !== placed.group.id) return false;
  return check.except?.includes(placed.item.id) !== true;
}

function bringsRules(placed: PlacedItem): boolean {
  const { hard, soft, parts, required } = placed.item;
  return (
    hard !== undefined ||
    soft !== undefined ||
    parts !== undefined ||
    required !== undefined ||
    placed.pattern !== null ||
    placed.conditional
  );
}
