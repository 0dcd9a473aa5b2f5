/** Compiles what helps while a value is typed, and says what is wrong with it. */
import type { PlacedAid, PlacedItem, PlacedNeed, PlacedShown, StudyFault } from '../study-model.ts';
import { limitsOf } from '../check-limits.ts';
import type { Aid } from '../aid.ts';
import type { ExpressionCompiler } from './expression-compiler.ts';
import { homeOf } from './frame.ts';
import type { Path } from './paths.ts';
import type { Placement } from './place-study.ts';

/** By the id of the item beside which it is shown; what has faults is left out. */
export function compileAids(
  placement: Placement,
  compiler: ExpressionCompiler,
): ReadonlyMap<string, PlacedAid> {
  const aids = new Map<string, PlacedAid>();
  placement.study.aids.forEach((aid, position) => {
    const placed = placement.itemById.get(aid.item);
    if (placed !== undefined && !aids.has(aid.item))
      aids.set(aid.item, compileAid(placement, compiler, aid, placed, ['aids', position]));
  });
  return aids;
}

function compileAid(
  placement: Placement,
  compiler: ExpressionCompiler,
  aid: Aid,
  placed: PlacedItem,
  path: Path,
): PlacedAid {
  const home = homeOf(placed.home);
  const need = (at: Path, { value, absent }: Aid['needs'][number]): PlacedNeed[] => {
    const expression = compiler.expression([...at, 'value'], home, value);
    return expression === null ? [] : [{ expression, absent }];
  };
  const shows = aid.shows.flatMap((shown, position): PlacedShown[] => {
    const expression = compiler.expression([...path, 'shows', position, 'value'], home, shown.value);
    if (expression === null) return [];
    const placedItem = placement.itemById.get(shown.value.trim()) ?? null;
    const item = placedItem?.item ?? null;
    return [
      {
        expression,
        item: placedItem,
        label: shown.label ?? item?.label ?? placed.item.label,
        unit: shown.unit ?? item?.unit ?? null,
        decimals: shown.decimals ?? (item?.result === 'integer' ? 0 : item?.decimals) ?? null,
        limits: item === null ? [] : limitsOf(placement.study, item),
        absent: shown.absent ?? null,
        source: shown.source ?? item?.source ?? aid.source,
        convention: shown.convention ?? item?.convention ?? false,
      },
    ];
  });
  return {
    aid,
    shows,
    needs: aid.needs.flatMap((one, position) => need([...path, 'needs', position], one)),
    basis: aid.basis === undefined ? null : (need([...path, 'basis'], aid.basis)[0] ?? null),
    carried: (aid.carried?.same ?? []).flatMap((id) => placement.itemById.get(id) ?? []),
  };
}

export function findAidFaults({ study, itemById }: Placement): readonly StudyFault[] {
  const seen = new Set<string>();
  return study.aids.flatMap((aid, position): readonly StudyFault[] => {
    const at: Path = ['aids', position];
    const placed = itemById.get(aid.item);
    if (placed === undefined) return [{ path: [...at, 'item'], message: `there is no item "${aid.item}"` }];
    const faults: StudyFault[] = [];
    if (seen.has(aid.item))
      faults.push({ path: [...at, 'item'], message: `"${aid.item}" has more than one aid` });
    seen.add(aid.item);
    if (placed.item.type === 'calculated')
      faults.push({
        path: [...at, 'item'],
        message: `"${aid.item}" is calculated: aids stand beside typed items`,
      });
    aid.shows.forEach((shown, number) => {
      if (shown.label === undefined && !itemById.has(shown.value.trim()))
        faults.push({ path: [...at, 'shows', number], message: 'an expression that is shown needs a label' });
    });
    if (aid.carried !== undefined && !placed.group.repeating)
      faults.push({
        path: [...at, 'carried'],
        message: `${placed.group.id} does not repeat, so no row before has an answer to carry forward`,
      });
    aid.carried?.same.forEach((id, number) => {
      if (itemById.get(id)?.home !== placed.home)
        faults.push({
          path: [...at, 'carried', 'same', number],
          message: `"${id}" is not an item of group ${placed.group.id}`,
        });
    });
    return faults;
  });
}
