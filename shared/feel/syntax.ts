/** From text to syntax tree, or the place where the text stops being an expression. */
import { parser, trackVariables } from '@bpmn-io/lezer-feel';
import type { SyntaxNode, Tree } from '@lezer/common';
import { spacedNames } from './built-ins.ts';
import { faultAt, type FeelFault } from './fault.ts';

export type Parsed =
  { readonly ok: true; readonly root: SyntaxNode } | { readonly ok: false; readonly fault: FeelFault };

/** No rule that a person can still read is longer; the bounds keep a broken definition from holding up the application. */
const longestSource = 5_000;
const deepestNesting = 500;
const deepestBrackets = 50;

/** Names with spaces are only seen as one name when the parser is told of them. */
const feel = parser.configure({
  top: 'Expression',
  contextTracker: trackVariables(Object.fromEntries(spacedNames.map((name) => [name, true]))),
});

export function parse(source: string): Parsed {
  if (source.length > longestSource)
    return fault(source, 0, 0, `the expression is longer than ${longestSource} characters`);
  if (source.trim() === '') return fault(source, 0, 0, 'the expression is empty');
  const tooDeep = findDeepBracket(source);
  if (tooDeep !== null) return fault(source, tooDeep, tooDeep + 1, nestedTooDeeply);
  const tree = parseTree(source);
  if (tree === null) return fault(source, 0, source.length, 'this is not a FEEL expression');
  const wrong = findError(tree);
  if (wrong !== null) return fault(source, wrong.from, wrong.to, wrong.message(source));
  const root = tree.topNode.firstChild;
  return root === null
    ? fault(source, 0, source.length, 'the expression is empty')
    : { ok: true, root: skipComments(root) };
}

const nestedTooDeeply = 'the expression is nested too deeply';

/** Looked for beforehand, because the parser takes seconds over some thousand open brackets. Strings are skipped. */
function findDeepBracket(source: string): number | null {
  let depth = 0;
  for (const match of source.matchAll(/"(?:\\.|[^"\\])*"|[([{]|[)\]}]/gu)) {
    if ('([{'.includes(match[0])) depth += 1;
    else if (')]}'.includes(match[0])) depth -= 1;
    if (depth > deepestBrackets) return match.index;
  }
  return null;
}

function parseTree(source: string): Tree | null {
  try {
    return feel.parse(source);
  } catch {
    // The grammar's name tracker throws on some texts that are far from any expression.
    return null;
  }
}

interface SyntaxError {
  readonly from: number;
  readonly to: number;
  readonly message: (source: string) => string;
}

function findError(tree: Tree): SyntaxError | null {
  const cursor = tree.cursor();
  let depth = 0;
  for (;;) {
    if (cursor.type.isError) return describeError(cursor.from, cursor.to);
    if (depth > deepestNesting) return { from: cursor.from, to: cursor.to, message: () => nestedTooDeeply };
    if (cursor.firstChild()) {
      depth += 1;
      continue;
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return null;
      depth -= 1;
    }
  }
}

function describeError(from: number, to: number): SyntaxError {
  return {
    from,
    to,
    message: (source) => {
      if (to > from) return `“${source.slice(from, Math.min(to, from + 40))}” does not belong here`;
      return source.slice(from).trim() === ''
        ? 'the expression is not finished'
        : 'something is missing here';
    },
  };
}

function skipComments(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.type.isSkipped && at.nextSibling !== null) at = at.nextSibling;
  return at;
}

function fault(source: string, from: number, to: number, message: string): Parsed {
  return { ok: false, fault: faultAt(source, from, to, message) };
}
