/**
 * Units as they are typed, shown and converted.
 *
 * Conversion is by the study's factor of one analyte and never by a generic converter: what 1 mg/dL is in mmol/L
 * depends on the substance, and a converter that doesn't know it gives a number that looks right.
 */
import type { Analyte, Language } from './study.ts';

/** Significant digits of a converted number: more than any assay gives, fewer than binary arithmetic spoils. */
const keptDigits = 12;
const noBreakSpace = '\u00A0';

/** Spellings of one and the same unit, the UCUM code first. No pair in here changes a number. */
const spellings: readonly (readonly string[])[] = [
  ['Cel', '°C', 'C', 'degC', '℃'],
  ['mm[Hg]', 'mmHg'],
  ['10*9/L', '10^9/L', '10⁹/L', 'x10^9/L', '×10⁹/L', 'G/L', 'Giga/L'],
  ['10*12/L', '10^12/L', '10¹²/L', 'x10^12/L', '×10¹²/L', 'T/L', 'Tera/L'],
  ['10*3/uL', '10^3/uL', '10³/uL', 'x10^3/uL', '×10³/uL'],
  ['10*6/uL', '10^6/uL', '10⁶/uL', 'x10^6/uL', '×10⁶/uL'],
  ['/mm3', '/mm³', '/mm^3'],
  ['m2', 'm²', 'm^2'],
  ['kg/m2', 'kg/m²', 'kg/m^2'],
  ['[iU]', 'IU', 'UI'],
  ['a', 'y', 'year', 'years', 'an', 'ans'],
  ['mo', 'month', 'months', 'mois'],
  ['d', 'day', 'days', 'j', 'jour', 'jours'],
  ['h', 'hour', 'hours', 'heure', 'heures'],
  ['%', 'percent', 'pour cent'],
  ['mL/min/{1.73_m2}', 'mL/min/1.73m2', 'mL/min/1.73m²', 'mL/min/1,73m²'],
];

/** The same, each spelling without its spaces and superscripts → all spellings of its unit. */
const samePlain: ReadonlyMap<string, readonly string[]> = new Map(
  spellings.flatMap((forms) => {
    const plainForms = forms.map(plain);
    return plainForms.map((form) => [form, plainForms] as const);
  }),
);

/** How a unit is written for people where that differs from its UCUM code. */
const shown: Readonly<Record<Language, readonly (readonly [RegExp, string])[]>> = {
  en: [
    [/\[iU\]/gu, 'IU'],
    [/(?<![A-Za-z])a(?![A-Za-z])/gu, 'years'],
    [/(?<![A-Za-z])mo(?![A-Za-z])/gu, 'months'],
  ],
  fr: [
    [/\[iU\]/gu, 'UI'],
    [/(?<![A-Za-z])a(?![A-Za-z])/gu, 'ans'],
    [/(?<![A-Za-z])mo(?![A-Za-z])/gu, 'mois'],
    [/(?<![A-Za-z])d(?![A-Za-z])/gu, 'j'],
  ],
};

/**
 * The candidate that a typed unit is a spelling of, exactly as the list of candidates has it; null when there is none
 * or when it could be several. Case counts at first ("g/L" is not "G/L") and is forgiven when only one candidate is left.
 */
export function matchUnit(typed: string, candidates: readonly string[]): string | null {
  if (typed.length > 60) return null;
  const exact = typed.trim();
  if (candidates.includes(exact)) return exact;
  const wanted = plain(typed);
  return (
    only(candidates, (candidate) => formsOf(candidate).some((form) => form === wanted)) ??
    only(candidates, (candidate) =>
      formsOf(candidate).some((form) => form.toLowerCase() === wanted.toLowerCase()),
    )
  );
}

/** "mm[Hg]" as "mmHg", "10*9/L" as "10⁹/L"; empty for "1" and for a remark in braces alone. */
export function showUnit(unit: string, language: Language): string {
  if (unit === '1' || /^\{[^}]*\}$/u.test(unit)) return '';
  const common = unit
    .replace('Cel', '°C')
    .replace('mm[Hg]', 'mmHg')
    .replace(/(?<![A-Za-z])u(?=[A-Za-z])/gu, 'µ')
    .replace(/\*(\d+)/gu, (_, digits: string) => superscript(digits))
    .replace(/(?<=\/mm)3/u, '³')
    .replace(/(?<=^m|\/m)2$/u, '²')
    .replace('{1.73_m2}', language === 'fr' ? '1,73 m²' : '1.73 m²')
    .replace(/\{([^}]*)\}/gu, ' $1');
  return shown[language].reduce((text, [pattern, by]) => text.replace(pattern, by), common);
}

/** The unit as it stands after a number, with the space before it: "128/min", and "12.9 × 10⁹/L" never reads as a longer number. */
export function unitAfterNumber(unit: string, language: Language): string {
  const written = showUnit(unit, language);
  if (written === '') return '';
  if (written.startsWith('/') || (written === '%' && language === 'en')) return written;
  return `${noBreakSpace}${/^\d/u.test(written) ? `×${noBreakSpace}` : ''}${written}`;
}

/** Units that this analyte may be reported in, the storage unit first. */
export function unitsOf(analyte: Analyte): readonly string[] {
  return [...new Set([analyte.unit, ...analyte.units.map((known) => known.unit)])];
}

/**
 * standard = factor × reported. null when the unit is not one of the analyte's, or when its factor rests on a qualifier
 * (FEU or DDU of D-dimer) that was not answered. A factor with the qualifier given goes before one without.
 */
export function factorOf(analyte: Analyte, unit: string, qualifier: string | null): number | null {
  const known = analyte.units.filter((entry) => entry.unit === unit);
  const exact = known.find((entry) => entry.qualifier !== undefined && entry.qualifier === qualifier);
  const general = known.find((entry) => entry.qualifier === undefined);
  const factor = exact ?? general;
  if (factor !== undefined) return factor.factor;
  return known.length === 0 && unit === analyte.unit ? 1 : null;
}

/** The number in the analyte's storage unit, or null when it can't be had. */
export function toStandard(
  analyte: Analyte,
  number: number,
  unit: string,
  qualifier: string | null,
): number | null {
  const factor = factorOf(analyte, unit, qualifier);
  return factor === null ? null : toSignificant(number * factor, keptDigits);
}

/** Rounded to significant digits, so that 0.1 × 3 is 0.3 and a limit is compared with what a person calculates. */
export function toSignificant(number: number, digits: number): number {
  if (!Number.isFinite(number) || isShort(number, digits)) return number;
  return Number(number.toPrecision(digits));
}

/** Thousandths that have no more digits than are kept are rounded already: seen without going through a text. */
function isShort(number: number, digits: number): boolean {
  const thousandths = Math.round(number * 1000);
  return Math.abs(thousandths) < 10 ** Math.min(digits, 15) && thousandths / 1000 === number;
}

function formsOf(candidate: string): readonly string[] {
  const own = plain(candidate);
  return [
    own,
    plain(showUnit(candidate, 'en')),
    plain(showUnit(candidate, 'fr')),
    ...(samePlain.get(own) ?? []),
  ];
}

/** One letter for every micro sign, no spaces, "mcg" as "ug", superscripts as digits. */
function plain(unit: string): string {
  return unit
    .normalize('NFKC')
    .replace(/[µμ]/gu, 'u')
    .replace(/[\s\u00A0]/gu, '')
    .replace(/^mcg/u, 'ug')
    .replace(/\u2215|\u2044/gu, '/')
    .replace(/×/gu, 'x');
}

function only(candidates: readonly string[], fits: (candidate: string) => boolean): string | null {
  const fitting = candidates.filter(fits);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

function superscript(digits: string): string {
  return digits.replace(/\d/gu, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)));
}
