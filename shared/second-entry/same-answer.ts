/**
 * Whether two people typed the same answer.
 *
 * | answers                     | same |                                                              |
 * |-----------------------------|------|--------------------------------------------------------------|
 * | 32 and 32.0                 | yes  | the same number: how many zeros are typed is a habit         |
 * | 32 and =32                  | yes  | no relation means that it is equal                           |
 * | 32 and >32, 32 g and 32 mg  | no   |                                                              |
 * | 2021-11 and 2021-11-01      | no   | the first does not know the day                              |
 * | "no  fever", "no fever"     | yes  | blanks between words are not read by anybody                 |
 * | "No fever", "no fever"      | no   | whether that matters is for whoever decides                  |
 * | ND and NK                   | no   |                                                              |
 * | nothing and nothing         | yes  |                                                              |
 */
import type { ItemValue } from '../record.ts';

export function isSameAnswer(one: ItemValue | null, other: ItemValue | null): boolean {
  return answerKey(one) === answerKey(other);
}

/** Equal for the same answers, different for others; empty for none. */
export function answerKey(value: ItemValue | null): string {
  if (value === null || (value.text === null && value.missing === null)) return '';
  if (value.missing !== null) return `missing ${value.missing}`;
  const { text, relation, number, unit, precision } = value;
  const said =
    number === null ? (text ?? '').trim().replace(/\s+/gu, ' ') : String(number === 0 ? 0 : number);
  return `answer ${JSON.stringify([said, relation ?? '=', unit, precision])}`;
}
