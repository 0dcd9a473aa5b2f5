/**
 * Names and texts that stand in the source of an expression, for what depends on what. Fields behind a filter
 * ("rows(G)[x > 1]") are names too, and nothing that an expression reads goes without being named.
 */
export interface SourceNames {
  readonly names: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
}

const tokens = /"((?:[^"\\]|\\.)*)"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|([A-Za-z_][A-Za-z0-9_]*)/gu;

export function namesIn(source: string): SourceNames {
  const names = new Set<string>();
  const texts = new Set<string>();
  for (const [, text, name] of source.matchAll(tokens)) {
    if (text !== undefined) texts.add(text);
    if (name !== undefined) names.add(name);
  }
  return { names, texts };
}
