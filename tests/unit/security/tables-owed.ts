/** Tables that no proof answers for yet. Whoever writes the proof takes the table off this list. */
export const tablesOwed: readonly string[] = [
  'meta',
  'person',
  'person_role',
  'form',
  'query',
  'query_message',
  'signature',
  'freeze',
  'second_entry',
  'second_value',
];
