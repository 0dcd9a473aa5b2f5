/**
 * A condition of a study in words, for those who read no formulas: “Shock” is Yes. What has no words here gives null, and
 * the formula stands alone: words that say less than the formula would be worse than none.
 */
import type { SyntaxNode } from '@lezer/common';
import { parse } from '../feel/syntax.ts';
import { codeListsOf } from '../export-plan.ts';
import { ownCodeList } from '../study-scope/yes-no.ts';
import { inBoth } from '../study-text.ts';
import type { CodeList, Item, Language, Study, Text } from '../study.ts';

interface Scope {
  readonly items: ReadonlyMap<string, Item>;
  readonly lists: ReadonlyMap<string, CodeList>;
  readonly source: string;
  readonly language: Language;
}

/** Both languages, or null. */
export function createConditionWords(study: Study): (condition: string) => Text | null {
  const items = new Map(
    study.forms.flatMap(({ groups }) =>
      groups.flatMap((group) => group.items.map((item) => [item.id, item] as const)),
    ),
  );
  const lists = new Map(codeListsOf(study).map((list) => [list.id, list]));
  return (source) => {
    const parsed = parse(source);
    if (!parsed.ok) return null;
    const said = inBoth((language) => say(parsed.root, { items, lists, source, language }) ?? '');
    return said.en === '' || said.fr === '' ? null : said;
  };
}

const words = {
  en: {
    ...{ and: 'and', or: 'or', is: 'is', isNot: 'is not', answered: 'is answered', blank: 'is not answered' },
    ...{ below: 'is below', atMost: 'is at most', atLeast: 'is at least', above: 'is above' },
    ...{ oneOf: 'is one of:', includes: 'includes', contains: 'contains', open: '“', close: '”' },
    qualified: 'is a test that needs a qualifier',
  },
  fr: {
    ...{
      and: 'et',
      or: 'ou',
      is: 'vaut',
      isNot: 'ne vaut pas',
      answered: 'a une réponse',
      blank: 'est sans réponse',
    },
    ...{
      below: 'est au-dessous de',
      atMost: 'est au plus',
      atLeast: 'est au moins',
      above: 'est au-dessus de',
    },
    ...{ oneOf: 'est parmi :', includes: 'comprend', contains: 'contient', open: '« ', close: ' »' },
    qualified: 'est un examen qui demande un qualificatif',
  },
} as const;

function say(node: SyntaxNode, scope: Scope): string | null {
  const said = words[scope.language];
  switch (node.name) {
    case 'Conjunction':
    case 'Disjunction': {
      const operands = operandsOf(node).map((one) => sayInside(one, scope));
      if (operands.includes(null)) return null;
      return operands.join(` ${node.name === 'Conjunction' ? said.and : said.or} `);
    }
    case 'ParenthesizedExpression': {
      const [inner] = operandsOf(node);
      return inner === undefined ? null : say(inner, scope);
    }
    case 'Comparison':
      return sayComparison(node, scope);
    case 'FunctionInvocation':
      return sayCall(node, scope);
    default:
      return null;
  }
}

/** An "or" within an "and" keeps its brackets. */
function sayInside(node: SyntaxNode, scope: Scope): string | null {
  const said = say(node, scope);
  const bare = node.name === 'ParenthesizedExpression' ? node : null;
  return said !== null && bare !== null ? `(${said})` : said;
}

function sayComparison(node: SyntaxNode, scope: Scope): string | null {
  const said = words[scope.language];
  const [left, right] = operandsOf(node);
  const operator = operatorOf(node, scope);
  const item = left === undefined ? null : itemAt(left, scope);
  if (item === null || right === undefined || operator === null) return null;
  const label = nameOf(item, scope);
  if (right.name === 'NullLiteral' || textOf(right, scope) === 'null') {
    if (operator === '=') return `${label} ${said.blank}`;
    return operator === '!=' ? `${label} ${said.answered}` : null;
  }
  const verb = {
    '=': said.is,
    '!=': said.isNot,
    '<': said.below,
    '<=': said.atMost,
    '>': said.above,
    '>=': said.atLeast,
  }[operator];
  const value = literalAt(right, item, scope);
  return value === null ? null : `${label} ${verb} ${value}`;
}

/** qualified(item), list contains(["1", "2"], item) and list contains(item, "1"); contains(lower case(item), "words") */
function sayCall(node: SyntaxNode, scope: Scope): string | null {
  const said = words[scope.language];
  const source = textOf(node, scope);
  const [first, second] = argumentsOf(node);
  if (first === undefined) return null;
  if (second === undefined) {
    const test = source.startsWith('qualified(') ? itemAt(first, scope) : null;
    return test === null ? null : `${nameOf(test, scope)} ${said.qualified}`;
  }
  if (source.startsWith('list contains')) {
    const chosen = itemAt(second, scope);
    if (chosen !== null && first.name === 'List') {
      const values = operandsOf(first).map((one) => literalAt(one, chosen, scope));
      return values.includes(null) ? null : `${nameOf(chosen, scope)} ${said.oneOf} ${values.join(', ')}`;
    }
    const several = itemAt(first, scope);
    const value = several === null ? null : literalAt(second, several, scope);
    return several === null || value === null ? null : `${nameOf(several, scope)} ${said.includes} ${value}`;
  }
  if (!source.startsWith('contains')) return null;
  const inner =
    /^(?:lower case|upper case)\((\w+)\)$/u.exec(textOf(first, scope))?.[1] ?? textOf(first, scope);
  const item = scope.items.get(inner);
  const value = item === undefined ? null : literalAt(second, item, scope);
  return item === undefined || value === null ? null : `${nameOf(item, scope)} ${said.contains} ${value}`;
}

function operandsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!/^(?:CompareOp|ArithOp|and|or|\(|\)|\[|\]|,|LineComment|BlockComment)$/u.test(child.name))
      found.push(child);
  }
  return found;
}

function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const list = operandsOf(node).find(({ name }) => name === 'PositionalParameters');
  return list === undefined ? [] : operandsOf(list);
}

function operatorOf(node: SyntaxNode, scope: Scope): '=' | '!=' | '<' | '<=' | '>' | '>=' | null {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    const text = textOf(child, scope);
    if (text === '=' || text === '!=' || text === '<' || text === '<=' || text === '>' || text === '>=')
      return text;
  }
  return null;
}

/** The item that a bare name, or raw(name), stands for. */
function itemAt(node: SyntaxNode, scope: Scope): Item | null {
  const name = /^raw\((\w+)\)$/u.exec(textOf(node, scope))?.[1] ?? textOf(node, scope);
  return scope.items.get(name) ?? null;
}

/** A number as it is written; a code with the words of its list. */
function literalAt(node: SyntaxNode, item: Item, scope: Scope): string | null {
  const written = textOf(node, scope);
  if (/^-?\d+(?:\.\d+)?$/u.test(written)) return written;
  const code = /^"([^"\\]*)"$/u.exec(written)?.[1];
  if (code === undefined) return null;
  const list = ownCodeList(item) ?? scope.lists.get(item.codeList ?? '');
  const label = list?.codes.find((one) => one.code === code)?.label[scope.language];
  return label ?? quoted(code, scope);
}

function nameOf({ label }: Item, scope: Scope): string {
  return quoted(label[scope.language], scope);
}

function quoted(text: string, { language }: Scope): string {
  return `${words[language].open}${text}${words[language].close}`;
}

function textOf({ from, to }: SyntaxNode, { source }: Scope): string {
  return source.slice(from, to).trim();
}
