/**
 * The grading conditions of pharmaverse/admiral (Apache-2.0), as their file has them, read for the test that compares the
 * study's grades with them. They are a few shapes of R:
 *
 *   signif(AVAL, signif_dig) > signif(5*ANRHI, signif_dig) & BNRIND %in% high_indicator ~ "3",  is.na(ANRLO) ~ NA_character_
 *
 * signif rounds to `signif_dig` significant digits, and in a comparison with a missing number nothing is true.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { root } from '../folders.ts';

const Terms = z.array(z.looseObject({ TERM: z.string() }));

export interface Measured {
  readonly AVAL: number | null;
  readonly ANRLO: number | null;
  readonly ANRHI: number | null;
  readonly BASE: number | null;
  readonly BNRIND: 'HIGH' | 'NORMAL' | null;
  readonly PCHG: number | null;
}

interface Rule {
  readonly condition: string;
  readonly grade: string | null;
}

const file = path.join(root, 'tests/fixtures/study-document/ctcae5_labs_admiral.json');
const terms = Terms.parse(JSON.parse(readFileSync(file, 'utf8')));

/** As dplyr's case_when over the codes in admiral's order; "0" where no condition holds, null where it is not evaluable. */
export function admiralGrade(term: string, measured: Measured): string | null {
  const found = terms.find(({ TERM }) => TERM === term);
  if (found === undefined) throw new Error(`admiral has no term ${term}`);
  const codes = ['GRADE_NA_CODE', 'GRADE_4_CODE', 'GRADE_3_CODE', 'GRADE_2_CODE', 'GRADE_1_CODE'];
  for (const { condition, grade } of codes.flatMap((code) => rulesOf(found[code]))) {
    if (holds(condition, measured)) return grade;
  }
  return '0';
}

function rulesOf(code: unknown): readonly Rule[] {
  if (typeof code !== 'string') return [];
  return [...code.matchAll(/(?:^|,)\s*(.+?)\s*~\s*(?:"(\d)"|NA_character_)/gu)].map(
    ([, condition = '', grade]) => ({
      condition,
      grade: grade ?? null,
    }),
  );
}

function holds(condition: string, measured: Measured): boolean {
  if (condition.includes(' | ')) return condition.split(' | ').some((part) => holds(part.trim(), measured));
  return condition.split(' & ').every((part) => holdsPart(part.trim(), measured));
}

function holdsPart(part: string, measured: Measured): boolean {
  if (part.startsWith('!(') && part.endsWith(')')) return !holdsPart(part.slice(2, -1), measured);
  if (part.startsWith('!')) return !holdsPart(part.slice(1), measured);
  const missing = /^is\.na\((\w+)\)$/u.exec(part)?.[1];
  if (missing !== undefined) return valueOf(missing, measured) === null;
  if (part === 'BNRIND %in% high_indicator') return measured.BNRIND === 'HIGH';
  const [, left = '', sign = '', right = ''] = /^(.+?)\s*(<=|>=|<|>)\s*(.+)$/u.exec(part) ?? [];
  const [a, b] = [amountOf(left, measured), amountOf(right, measured)];
  if (a === null || b === null) return false;
  return sign === '<' ? a < b : sign === '<=' ? a <= b : sign === '>' ? a > b : a >= b;
}

/** signif(3*ANRHI, signif_dig), signif(ANRHI + 40, signif_dig), -75, 0.5 */
function amountOf(text: string, measured: Measured): number | null {
  const inner = /^signif\((.+),\s*signif_dig\)$/u.exec(text)?.[1] ?? text;
  const [, factor, name = '', added] =
    /^(?:([\d.]+)\*)?(-?[\d.]+|[A-Z]+)(?:\s*\+\s*([\d.]+))?$/u.exec(inner) ?? [];
  const value = /^-?[\d.]/u.test(name) ? Number(name) : valueOf(name, measured);
  return value === null ? null : Number((value * Number(factor ?? 1) + Number(added ?? 0)).toPrecision(12));
}

function valueOf(name: string, measured: Measured): number | null {
  const value = new Map<string, unknown>(Object.entries(measured)).get(name);
  if (value === undefined) throw new Error(`a condition speaks of ${name}`);
  return typeof value === 'number' ? value : null;
}
