/**
 * Children who are probably one: they agree in every trait by which the study tells children apart whatever their site
 * ("traits" of the definition). A child of whom a trait is not known, or only in part, is held against nobody.
 */
import type { PackedValue } from './delivered.ts';

/** Between the traits of a child where they stand as one text. */
export const traitSeparator = ' · ';

/** Null when a trait lacks. */
export function traitsOf(
  traits: readonly string[],
  valueOf: (item: string) => PackedValue | undefined,
): string | null {
  if (traits.length === 0) return null;
  const known = traits.map((item) => valueOf(item)?.[2] ?? null);
  return known.every((text) => text !== null && text !== '') ? known.join(traitSeparator) : null;
}

/** How many traits two children share, of those that both have. Two children under one number share few or none. */
export function sharedTraits(one: string, other: string): number {
  const [a, b] = [one, other].map((traits) => traits.split(traitSeparator)) as [string[], string[]];
  return a.filter((trait, index) => trait === b[index]).length;
}
