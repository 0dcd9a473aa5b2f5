/** What stands in a field: the answer in bold, a reason or nothing in italics, a parked answer struck. */
import type { CasebookItem } from '#shared/casebook.ts';
import { assertNever } from '#shared/assert-never.ts';
import { sayOf, type CopyFacts } from './facts.ts';
import { escaped, typed } from './markup.ts';

export function answerMarkup(facts: CopyFacts, { answer, parked, last }: CasebookItem): string {
  const say = sayOf(facts);
  const aside = parked ? ` <small>(${escaped(say('parked'))})</small>` : '';
  switch (answer.kind) {
    case 'empty':
      return `<span class="none">${escaped(say(last === null ? 'empty' : 'emptied'))}</span>`;
    case 'missing':
      return `<span class="none">${escaped(answer.text)}</span>${aside}`;
    case 'value': {
      const code = answer.code === null ? '' : ` <small>[${typed(answer.code)}]</small>`;
      return `<span class="given${parked ? ' struck' : ''}">${typed(answer.text)}</span>${code}${aside}`;
    }
    default:
      return assertNever(answer);
  }
}
