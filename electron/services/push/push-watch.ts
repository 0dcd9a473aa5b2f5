/** Who is told of a push while it runs, and asked before it takes effect. */
export interface PushWatch {
  /** Called with each table, once its rows are loaded. */
  loaded(table: string, rows: number): void;
  /** Called when all is loaded and checked, just before it takes effect; what it throws undoes the push. */
  beforeEffect(): void;
}

export interface PushedTable {
  readonly name: string;
  readonly rows: number;
}

export type PushOutcome =
  { readonly kind: 'unchanged' } | { readonly kind: 'loaded'; readonly tables: readonly PushedTable[] };
