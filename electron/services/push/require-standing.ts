/** Refuses to put a state in the place of one that it must not replace unasked. */
import { assertNever } from '#shared/assert-never.ts';
import type { Standing } from '#shared/push/standing.ts';
import { refuse } from '../../app-error.ts';

/** `target` as it is named in a sentence: "schema anakinra_misc". */
export function requireStanding(standing: Standing, target: string): void {
  switch (standing.kind) {
    case 'new':
    case 'same':
    case 'replaces':
      return;
    case 'other-study':
      throw refuse('push-other-study', { target, study: standing.study });
    case 'other-origin':
      throw refuse('push-other-origin', { target });
    case 'older':
      throw refuse('push-older', { target, cut: standing.cutAt });
    default:
      assertNever(standing);
  }
}
