/** What every part of a study definition is written with: texts in both languages, ids, expressions. */
import { z } from 'zod';

/** Every text that a person reads exists in both languages. */
export const Text = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) });
export type Text = z.infer<typeof Text>;
export type Language = keyof Text;

/** A text built once for each language. */
export function inBoth(build: (language: Language) => string): Text {
  return { en: build('en'), fr: build('fr') };
}

/** Identifiers of items, groups, lists: a FEEL name without spaces, so that expressions can use them bare. */
export const Id = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'an id is a letter, then letters, digits or _');
export const Feel = z.string().min(1);
