/** Walks away from a value that does not pass, to the first stretch of values that do. Steps are whole numbers. */

export interface Span {
  /** Where the search starts; need not lie on the grid itself. */
  readonly from: number;
  readonly first: number;
  readonly last: number;
}
export interface Found {
  /** The end nearer to where the search began. */
  readonly near: number;
  /** The other end; null when everything passes to the end of the span. */
  readonly far: number | null;
}

/** Values that are looked at between two steps of a bracket, so that a narrow stretch is not stepped over. */
const lookedAt = 48;

export function passingAway(
  { from, first, last }: Span,
  side: 'below' | 'above',
  passes: (step: number) => boolean,
): Found | null {
  const away = side === 'above' ? 1 : -1;
  const end = side === 'above' ? last : first;
  // Nothing beyond the span is offered. Typed between two steps of the grid ("39.55" with one decimal): the step on this side is already another value.
  const start =
    side === 'above' ? Math.max(Math.floor(from), first - 1) : Math.min(Math.ceil(from), last + 1);
  if ((end - start) * away <= 0) return null;
  const bracket = firstChange(start, end, away, passes, true);
  if (bracket === null) return null;
  const near = bisect(bracket.before, bracket.after, passes, true);
  const leaving = near === end ? null : firstChange(near, end, away, passes, false);
  return { near, far: leaving === null ? null : bisect(leaving.before, leaving.after, passes, false) - away };
}

/** Two values, `after` being what is wanted and `before` not: in growing steps, then looked through from near to far. */
function firstChange(
  start: number,
  end: number,
  away: 1 | -1,
  passes: (step: number) => boolean,
  wanted: boolean,
): { readonly before: number; readonly after: number } | null {
  let reached = end;
  for (let stride = 1; ; stride *= 2) {
    const at = start + away * stride;
    if ((end - at) * away <= 0) break;
    if (passes(at) === wanted) {
      reached = at;
      break;
    }
  }
  let before = start;
  for (const at of between(start, reached)) {
    if (passes(at) === wanted) return { before, after: at };
    before = at;
  }
  return passes(reached) === wanted ? { before, after: reached } : null;
}

function between(one: number, other: number): readonly number[] {
  const count = Math.min(lookedAt, Math.abs(other - one) - 1);
  const inner = Array.from({ length: Math.max(0, count) }, (_, position) =>
    Math.round(one + ((other - one) * (position + 1)) / (count + 1)),
  );
  return [...new Set(inner)].filter((at) => at !== one && at !== other);
}

/** The value next to `before`'s side that is as wanted; its neighbour is not. */
function bisect(before: number, after: number, passes: (step: number) => boolean, wanted: boolean): number {
  let unwanted = before;
  let found = after;
  while (Math.abs(found - unwanted) > 1) {
    const middle = Math.trunc((found + unwanted) / 2);
    if (passes(middle) === wanted) found = middle;
    else unwanted = middle;
  }
  return found;
}
