/** A count out of a whole, and its share in percent. */

export interface Proportion {
  readonly count: number;
  readonly of: number;
  /** 0 to 100, not rounded; null of a whole of nothing. */
  readonly percent: number | null;
}

/** How many of the answers are yes. What is not known is no answer: the caller counts it beside. */
export function proportion(answers: readonly boolean[]): Proportion {
  const count = answers.filter((answer) => answer).length;
  return {
    count,
    of: answers.length,
    percent: answers.length === 0 ? null : (100 * count) / answers.length,
  };
}
