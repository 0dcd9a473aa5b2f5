/** How late or early a visit was, in words. */
import { afterEach, expect, test } from 'vitest';
import type { VisitTiming } from '#shared/visit-timing.ts';
import { i18n } from '../../../renderer/i18n.ts';
import { timingWords } from '../../../renderer/stores/timing-words.ts';

afterEach(() => {
  i18n.global.locale.value = 'en';
});

const inWindow: VisitTiming = { held: '2021-11-05', place: 'in-window', off: 0, unit: 'days', form: null };
const outside = (place: 'early' | 'late', off: number, unit: VisitTiming['unit']): VisitTiming => ({
  ...inWindow,
  place,
  off,
  unit,
  form: 'EC',
});

test.each([
  [inWindow, 'in window', 'dans la fenêtre'],
  [outside('late', 2, 'days'), '2 days late (EC)', '2 jours de retard (EC)'],
  [outside('early', 1, 'days'), '1 day early (EC)', '1 jour d’avance (EC)'],
  [outside('late', 40, 'minutes'), '40 min late (EC)', '40 min de retard (EC)'],
  [outside('late', 60, 'minutes'), '1 h late (EC)', '1 h de retard (EC)'],
  [outside('early', 47 * 60, 'minutes'), '47 h early (EC)', '47 h d’avance (EC)'],
  [outside('late', 72 * 60, 'minutes'), '3 days late (EC)', '3 jours de retard (EC)'],
] as const)('%o is said as “%s”', (timing, english, french) => {
  expect(timingWords(timing)).toBe(english);
  i18n.global.locale.value = 'fr';
  expect(timingWords(timing)).toBe(french);
});
