/** What is wrong with an expression (a fault, found when it is compiled) or odd about one evaluation (a warning). */
export interface FeelFault {
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** Offsets into the source. */
  readonly from: number;
  readonly to: number;
}

/** Says what kinds of values met, never the values. The result of what was warned about is null. */
export type FeelWarning = FeelFault;

export type Warn = (message: string) => void;

export function faultAt(source: string, from: number, to: number, message: string): FeelFault {
  const before = source.slice(0, from);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { message, line: before.split('\n').length, column: from - lineStart + 1, from, to };
}
