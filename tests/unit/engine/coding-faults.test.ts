import { expect, it } from 'vitest';
import type { z } from 'zod';
import type { Coding } from '#shared/study-coding.ts';
import { ofStudy } from './faulty.ts';

const faults = (coding: Partial<z.input<typeof Coding>>): readonly string[] =>
  ofStudy({ codings: [{ source: 'protocol', ...coding }] });

it('a coding without a fault has words or a term', () => {
  expect(faults({ verbatim: ['n_bed'], dictionary: 'MedDRA' })).toEqual([]);
  expect(faults({ term: 'n_bed' })).toEqual([]);
});

it.each([
  [{ verbatim: ['nothing'], dictionary: 'MedDRA' }, 'codings.0.verbatim.0 there is no item "nothing"'],
  [{ term: 'nothing' }, 'codings.0.term there is no item "nothing"'],
  [{ verbatim: ['n_bed'], term: 's_reason' }, 'codings.0.term "s_reason" is not of the group of "n_bed"'],
  [{ term: 'n_bed', classification: 'none' }, 'codings.0.classification there is no classification "none"'],
  [{ term: 'n_bed', version: '5.0' }, 'codings.0.version a version is that of a dictionary'],
  [{ verbatim: ['n_bed'] }, 'codings.0 without a term, the dictionary is named in which it would be'],
  [{ dictionary: 'MedDRA' }, 'codings.0 a coding names what is coded, or its term'],
])('a coding like %j is a fault', (coding, fault) => {
  expect(faults(coding)).toContain(fault);
});
