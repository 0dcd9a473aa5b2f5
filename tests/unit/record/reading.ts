/** Reads as a typist would, in a few words. */
import { readItem, type Reading } from '#shared/item-value.ts';
import type { ItemValue } from '#shared/record.ts';
import type { Language } from '#shared/study.ts';
import { littleModel, placedIn } from './little-study.ts';

export const model = littleModel();
export const empty: ItemValue = {
  text: null,
  relation: null,
  number: null,
  unit: null,
  precision: null,
  missing: null,
};

export function read(item: string, typed: string, language: Language = 'en'): Reading {
  return readItem(model, placedIn(model, item), typed, language);
}
export function textOf(item: string, typed: string): string | null {
  const reading = read(item, typed);
  return reading.ok ? (reading.value?.text ?? null) : `fault: ${reading.fault.en}`;
}
export function valueOf(item: string, typed: string): ItemValue {
  const reading = read(item, typed);
  if (!reading.ok || reading.value === null) throw new Error(`not a value: ${JSON.stringify(reading)}`);
  return reading.value;
}
export function faultOf(item: string, typed: string, language: Language = 'en'): string {
  const reading = read(item, typed);
  return reading.ok ? `read as ${reading.value?.text ?? 'nothing'}` : reading.fault[language];
}
