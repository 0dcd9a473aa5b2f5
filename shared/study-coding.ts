/**
 * What a study codes, as its definition says it: the words that were coded, the item that holds the term, and the
 * dictionary or the classification that the term is of. Data for the sheet CODING; nothing is coded by it.
 */
import { z } from 'zod';
import { Id, Text } from './study-text.ts';

/**
 * | term | dictionary | classification | the term is                                                       |
 * |------|------------|----------------|-------------------------------------------------------------------|
 * | yes  | yes        |                | of that dictionary, in that version                               |
 * | yes  |            | yes            | of that classification, in its edition                            |
 * | yes  |            |                | of the code list of its item, in the version of the study         |
 * |      | yes        |                | not in this record: the words are coded elsewhere, or not at all  |
 */
export const Coding = z.strictObject({
  /** Items of one group whose answers, one after the other, are what was coded; none where the term rests on the whole record. */
  verbatim: z.array(Id).default([]),
  /** An item of the same group. */
  term: Id.optional(),
  dictionary: z.string().min(1).optional(),
  /** Of the dictionary: "5.0". */
  version: z.string().min(1).optional(),
  classification: Id.optional(),
  note: Text.optional(),
  source: z.string().min(1),
});
export type Coding = z.infer<typeof Coding>;
