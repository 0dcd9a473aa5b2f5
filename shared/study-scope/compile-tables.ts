/** Compiles the summary tables of a study, and tells which items they read of a subject. */
import type {
  PlacedAsk,
  PlacedItem,
  PlacedPopulation,
  PlacedSummaryRow,
  PlacedTable,
} from '../study-model.ts';
import type { SummaryRow, SummaryTable } from '../summary-table/definition.ts';
import { presenceOf, readsOf, type Dependencies } from './dependencies.ts';
import type { ExpressionCompiler } from './expression-compiler.ts';
import { homeOf, type Home } from './frame.ts';
import type { Path } from './paths.ts';
import type { Placement } from './place-study.ts';

const ofSubject: Home = { kind: 'subject' };

/** What has faults, or names a population that there is not, is left out of the model. */
export function compileTables(
  placement: Placement,
  compiler: ExpressionCompiler,
  dependencies: Dependencies,
): readonly PlacedTable[] {
  const compileAsk: CompileAsk = (path, source) => {
    const expression = compiler.expression(path, ofSubject, source);
    const { items: restsOn } = dependencies.behind([{ home: ofSubject, source }], []);
    return expression === null ? null : { expression, restsOn };
  };
  return placement.study.tables.map((table, order) => ({
    ...compileTable(compileAsk, table, order),
    reads: itemsRead(placement, dependencies, sourcesOf(table)),
  }));
}

/** null when the expression has faults. */
type CompileAsk = (path: Path, source: string) => PlacedAsk | null;

/** The expressions that a row asks of each subject, by their keys, in the order of the row's numbers. */
export function askedBy(row: SummaryRow): readonly (readonly [key: string, source: string])[] {
  switch (row.kind) {
    case 'count':
      return [];
    case 'paired-change':
      return [
        ['first', row.first],
        ['second', row.second],
      ];
    default:
      return [['value', row.value]];
  }
}

function sourcesOf({ populations, sections }: SummaryTable): readonly string[] {
  return [
    ...populations.map((population) => population.expression),
    ...sections.flatMap(({ rows }) => rows.flatMap((row) => askedBy(row).map(([, source]) => source))),
  ];
}

function compileTable(
  compileAsk: CompileAsk,
  table: SummaryTable,
  order: number,
): Omit<PlacedTable, 'reads'> {
  const at: Path = ['tables', order];
  const populations = new Map<string, PlacedPopulation>();
  table.populations.forEach((population, position) => {
    const ask = compileAsk([...at, 'populations', position, 'expression'], population.expression);
    const within = population.within === undefined ? null : (populations.get(population.within) ?? null);
    if (ask !== null && !populations.has(population.id))
      populations.set(population.id, { population, within, ask });
  });
  const compileRow = (row: SummaryRow, path: Path): PlacedSummaryRow | null => {
    const population = populations.get(row.population ?? table.population);
    const asks = askedBy(row).map(([key, source]) => compileAsk([...path, key], source));
    return population === undefined || !asks.every((ask) => ask !== null) ? null : { row, population, asks };
  };
  const sections = table.sections.map((section, s) => ({
    section,
    rows: section.rows
      .map((row, r) => compileRow(row, [...at, 'sections', s, 'rows', r]))
      .filter((row) => row !== null),
  }));
  const asks = [
    ...[...populations.values()].map(({ ask }) => ask),
    ...sections.flatMap(({ rows }) => rows.flatMap((row) => row.asks)),
  ];
  return {
    table,
    sections,
    restsOn: new Set(asks.flatMap((ask) => [...ask.restsOn])),
  };
}

/**
 * The items whose recorded values decide what the expressions give. Calculated items are read as they are recorded, so
 * what they rest on is not among them; what can hide an item is.
 */
function itemsRead(
  placement: Placement,
  dependencies: Dependencies,
  sources: readonly string[],
): ReadonlySet<string> {
  const { itemById, anchors } = placement;
  const reached = new Set<string>();
  const visit = (home: Home, source: string): void => {
    for (const id of [...readsOf(placement, home, source), ...presenceOf(placement, source)])
      reach(id, home, source);
  };
  const reach = (id: string, home: Home, source: string): void => {
    if (reached.has(id)) return;
    reached.add(id);
    const placed = itemById.get(id);
    const anchor = anchors.find((known) => known.anchor.id === id)?.anchor;
    if (placed !== undefined) reachItem(placed);
    else if (anchor !== undefined) visit(ofSubject, anchor.expression);
    // A classification is worked out anew, from everything behind it.
    else for (const behind of dependencies.behind([{ home, source }], []).items) reached.add(behind);
  };
  const reachItem = (placed: PlacedItem): void => {
    const home = homeOf(placed.home);
    for (const source of conditionsOf(placed)) visit(home, source);
    for (const part of Object.values(placed.item.parts ?? {})) if (part !== undefined) reach(part, home, '');
    if (placed.home.time !== null) reach(placed.home.time.item.id, home, '');
  };
  for (const source of sources) visit(ofSubject, source);
  return new Set([...reached].filter((id) => itemById.has(id)));
}

function conditionsOf({ item, group }: PlacedItem): readonly string[] {
  return [item.shown, group.shown].filter((source) => source !== undefined);
}
