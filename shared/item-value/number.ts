/**
 * Numbers as they are typed: comma or point, plain or typographic minus, optionally in powers of ten.
 * Nothing is rounded or cut: what an item can't hold is a fault that says what it can hold.
 */
import type { Relation } from '../record.ts';
import type { Item, Language, Text } from '../study.ts';
import { matchUnit, showUnit } from '../units.ts';
import { nothing, readable, unreadable, type Reading, type Unreadable } from './reading.ts';

/** A double holds every number of 15 digits exactly as typed. */
const mostDigits = 15;
const longestNumber = 120;

export interface TypedNumber {
  readonly relation: Relation | null;
  /** Digits with a point, zeros at the end kept as typed. */
  readonly text: string;
  readonly number: number;
  /** What follows the number; empty when nothing does. */
  readonly unit: string;
}
export type NumberReading = { readonly ok: true; readonly typed: TypedNumber } | Unreadable;

const shape = /^(<=|>=|=|<|>|≤|≥)?\s*([+-]?)(\d*)(?:[.,](\d+))?(?:e([+-]?\d{1,3}))?(?![.,\d])(.*)$/isu;
/** "1 200", "1.200,5", "1'200": a separator, three digits, and no power of ten that begins a unit ("10*9/L"). */
const thousands = /^[<>=≤≥\s]*[+-]?\d{1,3}(?:[\s.,'’]\d{3})+(?:[.,]\d+)?(?![\d*^])/u;
const unitLikeTen = /^10(?:\*|\^|[⁰¹²³⁴⁵⁶⁷⁸⁹])/u;

/** Reads relation, number and what follows. `decimals` null: as many as were typed. */
export function readTypedNumber(typed: string, decimals: number | null): NumberReading {
  if (typed.length > longestNumber) return notANumber(typed, decimals);
  const parts = shape.exec(typed.replace(/[\u2212\u2013\uFE63\uFF0D]/gu, '-'));
  const whole = parts?.[3] ?? '';
  const fraction = parts?.[4] ?? '';
  const rest = (parts?.[6] ?? '').trim();
  if (
    parts === null ||
    whole + fraction === '' ||
    (/^\d/u.test(rest) && !unitLikeTen.test(rest)) ||
    /^['’.,]/u.test(rest)
  ) {
    return thousands.test(typed) ? withThousands(typed) : notANumber(typed, decimals);
  }
  const shifted = shiftPoint(whole, fraction, Number(parts[5] ?? '0'));
  const magnitude = Number(shifted.text);
  if (shifted.significant > mostDigits) return tooLong(typed);
  const most = decimals ?? mostDigits;
  if (shifted.decimals > most) return tooFine(typed, shifted.decimals, most);
  const negative = parts[2] === '-' && magnitude !== 0;
  return {
    ok: true,
    typed: {
      relation: toRelation(parts[1]),
      text: negative ? `-${shifted.text}` : shifted.text,
      number: negative ? -magnitude : magnitude,
      unit: rest,
    },
  };
}

/** integer, decimal and comparator: a number in the unit that the item has once and for all. */
export function readNumber(item: Item, typed: string): Reading {
  const decimals = item.type === 'integer' ? 0 : (item.readableDecimals ?? item.decimals ?? null);
  const reading = readTypedNumber(typed, decimals);
  if (!reading.ok) return reading;
  const { relation, text, number, unit } = reading.typed;
  if (relation !== null && relation !== '=' && item.type !== 'comparator') return noRelation(typed);
  if (unit !== '' && matchUnit(unit, item.unit === undefined ? [] : [item.unit]) === null) {
    return notAUnit.test(unit) ? notANumber(typed, decimals) : otherUnit(typed, item.unit);
  }
  return readable({
    ...nothing,
    text,
    number,
    relation: item.type === 'comparator' ? (relation ?? '=') : null,
  });
}

/** What can't be meant as a unit: then it is the number that is not readable. */
const notAUnit = /[\p{Cc}<>=≤≥]|^[-+]/u;

/** "≤55,5" in French, "≤55.5" in English. */
export function showNumber(text: string, relation: Relation | null, language: Language): string {
  return `${showRelation(relation)}${localNumber(text, language)}`;
}

export function localNumber(text: string, language: Language): string {
  return language === 'fr' ? text.replace('.', ',') : text;
}

export function showRelation(relation: Relation | null): string {
  if (relation === null || relation === '=') return '';
  if (relation === '<=') return '≤';
  return relation === '>=' ? '≥' : relation;
}

/** The relation that a sign stands for, typed on a keyboard or not; null for anything else. */
export function toRelation(sign: string | undefined): Relation | null {
  switch (sign) {
    case '≤':
      return '<=';
    case '≥':
      return '>=';
    case '=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return sign;
    default:
      return null;
  }
}

/** Moves the point by text, so that "1.20e1" is "12.0" and not what a double makes of it. */
function shiftPoint(
  whole: string,
  fraction: string,
  by: number,
): { text: string; decimals: number; significant: number } {
  const digits = whole + fraction;
  const point = whole.length + by;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = point <= 0 ? 1 : point;
  const before = padded.slice(0, at).replace(/^0+(?=\d)/u, '');
  const after = padded.slice(at);
  const significant = (before + after).replace(/^0+/u, '').length;
  return { text: after === '' ? before : `${before}.${after}`, decimals: after.length, significant };
}

function example(decimals: number | null): Text {
  if (decimals === 0)
    return { en: 'digits without decimals, such as 32', fr: 'des chiffres sans décimales, par exemple 32' };
  return {
    en: 'digits with a comma or a point, such as 32.5',
    fr: 'des chiffres avec une virgule ou un point, par exemple 32,5',
  };
}

function notANumber(typed: string, decimals: number | null): Unreadable {
  const like = example(decimals);
  return unreadable(typed, (subject) => ({
    en: `${subject.en} is not readable as a number: type ${like.en}.`,
    fr: `${subject.fr} n’est pas lisible comme un nombre : saisir ${like.fr}.`,
  }));
}

function withThousands(typed: string): Unreadable {
  return unreadable(typed, (subject) => ({
    en: `${subject.en} holds a thousands separator, which can be mistaken for a decimal sign: type the digits without it, such as 35000.`,
    fr: `${subject.fr} contient un séparateur de milliers, que l’on peut prendre pour une virgule : saisir les chiffres sans lui, par exemple 35000.`,
  }));
}

function tooLong(typed: string): Unreadable {
  return unreadable(typed, (subject) => ({
    en: `${subject.en} is a number out of range: type at most ${mostDigits} digits.`,
    fr: `${subject.fr} est un nombre hors limites : saisir au plus ${mostDigits} chiffres.`,
  }));
}

function tooFine(typed: string, has: number, takes: number): Unreadable {
  const en = takes === 0 ? 'whole numbers only' : `at most ${takes} ${takes === 1 ? 'decimal' : 'decimals'}`;
  const fr =
    takes === 0
      ? 'uniquement des nombres entiers'
      : `au plus ${takes} ${takes === 1 ? 'décimale' : 'décimales'}`;
  return unreadable(typed, (subject) => ({
    en: `${subject.en} has ${has} ${has === 1 ? 'decimal' : 'decimals'} and this item takes ${en}: type the number as it should be recorded.`,
    fr: `${subject.fr} a ${has} ${has === 1 ? 'décimale' : 'décimales'} et cette rubrique accepte ${fr} : saisir le nombre tel qu’il doit être enregistré.`,
  }));
}

function noRelation(typed: string): Unreadable {
  return unreadable(typed, (subject) => ({
    en: `${subject.en} has a sign before the number and this item takes a number alone: type the number without <, >, ≤ or ≥.`,
    fr: `${subject.fr} a un signe devant le nombre et cette rubrique accepte seulement un nombre : saisir le nombre sans <, >, ≤ ou ≥.`,
  }));
}

function otherUnit(typed: string, unit: string | undefined): Unreadable {
  if (unit === undefined) {
    return unreadable(typed, (subject) => ({
      en: `${subject.en} has something after the number and this item has no unit: type the number alone.`,
      fr: `${subject.fr} a quelque chose après le nombre et cette rubrique n’a pas d’unité : saisir seulement le nombre.`,
    }));
  }
  return unreadable(typed, (subject) => ({
    en: `${subject.en} is in another unit: this item takes ${showUnit(unit, 'en')}, and nothing is converted here.`,
    fr: `${subject.fr} est dans une autre unité : cette rubrique est en ${showUnit(unit, 'fr')}, et rien n’est converti ici.`,
  }));
}
