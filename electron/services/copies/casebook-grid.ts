/** A repeating group as a table, as it is entered: one line a row, and under it what has no column. */
import type { CasebookGroup, CasebookItem, CasebookRow } from '#shared/casebook.ts';
import { showLocal } from '#shared/casebook/moment.ts';
import { answerMarkup } from './answer-markup.ts';
import { sayOf, type CopyFacts } from './facts.ts';
import { chooseColumns, type Column } from './grid-columns.ts';
import { changeLine, findingLine, firstLine, lastWords, queryLines } from './mark-lines.ts';
import { escaped, typed } from './markup.ts';

/** `running` gives the line that stands over it on each page, for so many columns. */
export function gridTable(
  facts: CopyFacts,
  group: CasebookGroup,
  running: (columns: number) => string,
): string {
  const say = sayOf(facts);
  const columns = chooseColumns(group.rows);
  const width = columns.length + 2;
  const heads = columns.map(
    ({ label, item, derived }) =>
      `<th scope="col">${escaped(label)} <small>${escaped(derived ? `${item}, ${say('calculated')}` : item)}</small></th>`,
  );
  return `<table class="form grid">
<thead>${running(width)}<tr><th scope="col">${escaped(say('row'))}</th>${heads.join('')}<th scope="col">${escaped(say('last'))}</th></tr></thead>
<tbody>${group.rows.map((row) => rowLines(facts, row, columns)).join('\n')}</tbody></table>`;
}

function rowLines(facts: CopyFacts, row: CasebookRow, columns: readonly Column[]): string {
  const usual = usualLast(facts, row.items);
  const cells = columns.map(({ item }) => {
    const found = row.items.find((known) => known.item === item);
    return `<td>${found === undefined ? '' : answerMarkup(facts, found)}</td>`;
  });
  const width = columns.length + 2;
  const hasColumn = new Set(columns.map(({ item }) => item));
  const under = row.items
    .filter(({ item }) => !hasColumn.has(item))
    .map((item) => underRow(facts, item, usual));
  const marks = row.items.flatMap((item) => [
    ...(hasColumn.has(item.item) ? otherLast(facts, item, usual, width) : []),
    ...item.findings.map((finding) => findingLine(facts, finding, item.label, width)),
    ...item.queries.flatMap((query) => queryLines(facts, { ...query, about: item.label }, width)),
    ...(isFirstOnly(item) ? [] : item.history.map((change) => changeLine(facts, change, item.label, width))),
  ]);
  const more =
    under.length === 0
      ? ''
      : `<tr class="mark"><td colspan="${String(width)}">${under.join(' &emsp; ')}</td></tr>`;
  return `<tr><th scope="row">${String(row.row ?? '')}</th>${cells.join('')}<td class="last">${usual}</td></tr>${more}${firstEntries(facts, row.items, width).join('\n')}${marks.join('\n')}`;
}

/** Written once, from nothing to what stands there now: who and when is all that its history says. */
function isFirstOnly({ history }: CasebookItem): boolean {
  const [first] = history;
  return history.length === 1 && first?.what === 'set' && first.old === '' && first.reason === null;
}

/** Fields of a row that were written once, together: one line for all of them, with the entries of each. */
function firstEntries(facts: CopyFacts, items: readonly CasebookItem[], width: number): readonly string[] {
  const alike = Map.groupBy(items.filter(isFirstOnly), ({ history: [first] }) =>
    first === undefined ? '' : [first.user, first.role, first.origin, showLocal(first, 'en')].join('|'),
  );
  return [...alike.values()].flatMap((together) => {
    const first = together[0]?.history[0];
    if (first === undefined) return [];
    const fields = together.map(({ label, history }) => `${label} (${String(history[0]?.seq ?? '')})`);
    return [firstLine(facts, first, fields.join(', '), width)];
  });
}

/** A field without a column. */
function underRow(facts: CopyFacts, item: CasebookItem, usual: string): string {
  const last = lastWords(facts, item.last);
  const written = last === '' || last === usual || item.derived ? '' : ` · ${last}`;
  return `${escaped(item.label)} <small>${escaped(item.item)}</small>${escaped(sayOf(facts)('colon'))} ${answerMarkup(facts, item)}${written}`;
}

/** What most fields of the row say of who wrote last; a calculated one follows from the others. */
function usualLast(facts: CopyFacts, items: readonly CasebookItem[]): string {
  const words = items.filter(({ derived }) => !derived).map(({ last }) => lastWords(facts, last));
  const counted = [...Map.groupBy(words, (word) => word)].filter(([word]) => word !== '');
  return counted.sort(([, one], [, other]) => other.length - one.length)[0]?.[0] ?? '';
}

function otherLast(facts: CopyFacts, item: CasebookItem, usual: string, width: number): readonly string[] {
  const words = lastWords(facts, item.last);
  if (words === '' || words === usual || item.history.length > 0) return [];
  if (item.derived && usual.endsWith(words.split(' · ').at(-1) ?? '')) return [];
  return [
    `<tr class="past"><td colspan="${String(width)}">${typed(item.label)}: ${escaped(sayOf(facts)('last'))} ${words}</td></tr>`,
  ];
}
