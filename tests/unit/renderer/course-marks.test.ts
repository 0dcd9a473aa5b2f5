import type { Step } from '../../../renderer/stores/arrow-steps.ts';
import { describe, expect, it, test } from 'vitest';
import { lanesOf, layOut } from '../../../renderer/stores/course-layout.ts';
import { isWithin, marksOf, walkMarks } from '../../../renderer/stores/course-marks.ts';
import { inSentence, sinceAnchor, spanSinceAnchor } from '../../../renderer/stores/course-words.ts';
import { bar, panel, picture, point } from './course-figures.ts';

const course = picture(
  [
    panel('linear', [point(-4, 38), point(48, 58)]),
    panel('log', []),
    panel('log', [point(-66, 410), point(46, 62)]),
  ],
  [[bar(0, null), bar(24, null)]],
);
const marks = marksOf(course);

describe('a keyboard', () => {
  const walk = (...steps: readonly Step[]): number | undefined =>
    steps.reduce<ReturnType<typeof walkMarks>>((at, step) => walkMarks(marks, at, step), null)?.from;

  const facts: readonly [steps: readonly Step[], hours: number][] = [
    [['right'], -4],
    [['right', 'right'], 48],
    [['right', 'right', 'right'], 48],
    [['right', 'last', 'first'], -4],
    [['right', 'left'], -4],
    [['right', 'up'], -4],
    [['right', 'right', 'down'], 46],
    [['right', 'down'], 46],
    [['right', 'down', 'left'], -66],
    [['right', 'down', 'down'], 24],
    [['right', 'down', 'down', 'down'], 24],
  ];
  test.each(facts)('walks %j to the mark at %d h', (steps, hours) => {
    expect(walk(...steps)).toBe(hours);
  });

  it('finds nothing in an empty picture', () => {
    expect(walkMarks([], null, 'right')).toBeNull();
  });
});

describe('a stretch of days shows', () => {
  const within = (more: Parameters<typeof bar>): boolean =>
    marksOf(picture([], [[bar(...more)]])).every((mark) => isWithin(mark, 0, 24));
  test('a treatment that reaches into it', () => expect(within([-10, 1])).toBe(true));
  test('no treatment that ended before', () => expect(within([-10, -1])).toBe(false));
  test('a treatment that still goes on', () => expect(within([-10, null, { end: 'ongoing' }])).toBe(true));
  test('no treatment that began after', () => expect(within([30, null, { end: 'ongoing' }])).toBe(false));
});

describe('the layout', () => {
  it('puts treatments that overlap under each other and those in a row beside each other', () => {
    expect(
      lanesOf([bar(0, 24), bar(12, 36), bar(24, 48), bar(36, null, { end: 'ongoing' }), bar(50, 60)]),
    ).toEqual([0, 1, 0, 1, 0]);
  });
  it('leaves a part without values its name alone, and nothing overlaps', () => {
    const layout = layOut(course);
    expect(layout.panels.map(({ height }) => height > 0)).toEqual([true, false, true]);
    const boxes = [...layout.panels, ...layout.bars];
    for (const [position, box] of boxes.entries()) {
      expect(box.top + box.height).toBeLessThanOrEqual(boxes[position + 1]?.titleTop ?? layout.bottom);
    }
    expect(layout.height).toBeGreaterThan(layout.bottom);
  });
});

describe('time since the anchor is said', () => {
  const facts: readonly [hours: number, en: string, fr: string][] = [
    [0, '0 h', '0 h'],
    [-4, '−4 h', '−4 h'],
    [47.5, '+47 h 30', '+47 h 30'],
    [-0.25, '−0 h 15', '−0 h 15'],
    [71.99, '+71 h 59', '+71 h 59'],
    [72, '+3 d', '+3 j'],
    [171, '+7 d 3 h', '+7 j 3 h'],
    [-97, '−4 d 1 h', '−4 j 1 h'],
  ];
  test.each(facts)('%d h', (hours, en, fr) => {
    const plain = (text: string): string => text.replaceAll('\u00A0', ' ');
    expect([plain(sinceAnchor(hours, 'en')), plain(sinceAnchor(hours, 'fr'))]).toEqual([en, fr]);
  });
  test('of a treatment from start to end, or on', () => {
    const spans = marksOf(picture([], [[bar(-26, -14), bar(2, null, { end: 'ongoing' }), bar(5, null)]])).map(
      (mark) => spanSinceAnchor(mark, 'en').replaceAll('\u00A0', ' '),
    );
    expect(spans).toEqual(['−26 h to −14 h', '+2 h →', '+5 h']);
  });
});

test('a name keeps the capitals of an abbreviation within a sentence', () => {
  expect(['First dose', 'Étape', 'IVIG'].map(inSentence)).toEqual(['first dose', 'étape', 'IVIG']);
});
