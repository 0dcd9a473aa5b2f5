import { describe, expect, test } from 'vitest';
import { faultsOf } from './run.ts';
import { both, sleepWith, type StudyInput } from './sleep-study.ts';

type PictureInput = NonNullable<StudyInput['pictures']>[number];
type PanelInput = PictureInput['panels'][number];
type BarsInput = NonNullable<PictureInput['bars']>[number];

const hours: PanelInput = {
  id: 'hours',
  label: both('hours'),
  scale: 'linear',
  series: [{ label: both('hours'), item: 'n_hours' }],
};
const doses: BarsInput = {
  id: 'doses',
  label: both('doses'),
  group: 'DOSES',
  start: 'd_at',
  amounts: ['d_mg'],
};

function ofPicture(more: Partial<PictureInput>): readonly string[] {
  const picture: PictureInput = {
    id: 'P',
    title: both('picture'),
    anchor: 'T0',
    panels: [hours],
    source: 'test',
    ...more,
  };
  return faultsOf(sleepWith({ pictures: [picture] }));
}
const ofPanel = (more: Partial<PanelInput>): readonly string[] =>
  ofPicture({ panels: [{ ...hours, ...more }] });
const ofBars = (more: Partial<BarsInput>): readonly string[] => ofPicture({ bars: [{ ...doses, ...more }] });

describe('a picture', () => {
  test('of what is there has no fault', () => {
    expect(
      ofPicture({ windows: ['SCR'], views: [{ label: both('first'), from: -4, to: 9 }], bars: [doses] }),
    ).toEqual([]);
  });

  const lines: readonly [what: string, found: readonly string[], expected: string][] = [
    ['an anchor', ofPicture({ anchor: 'T9' }), 'pictures.0.anchor there is no anchor "T9"'],
    ['an event', ofPicture({ windows: ['N9X'] }), 'pictures.0.windows.0 there is no event "N9X"'],
    [
      'a window',
      ofPicture({ windows: ['END'] }),
      'pictures.0.windows.0 event "END" has no window that could be shaded',
    ],
    [
      'a view',
      ofPicture({ views: [{ label: both('none'), from: 9, to: 9 }] }),
      'pictures.0.views.0 a view from 9 to 9 h shows nothing',
    ],
    [
      'two panels of one id',
      ofPicture({ panels: [hours, hours] }),
      'pictures.0.panels.1.id two panels have the id "hours"',
    ],
  ];
  test.each(lines)('tells what is wrong with %s', (_, found, expected) => {
    expect(found).toEqual([expected]);
  });
});

describe('a panel', () => {
  const series = (item: string, more: Partial<PanelInput['series'][number]> = {}): Partial<PanelInput> => ({
    series: [{ label: both(item), item, ...more }],
  });
  const at = 'pictures.0.panels.0';
  const lines: readonly [what: string, more: Partial<PanelInput>, expected: string][] = [
    ['an item that is not there', series('n_ours'), `${at}.series.0.item there is no item "n_ours"`],
    ['an item that is no number', series('n_bed'), `${at}.series.0.item "n_bed" is no number`],
    [
      'an item that nothing dates',
      series('s_weight'),
      `${at}.series.0.item nothing dates the rows of group ENR_MAIN, so "s_weight" has no place in time`,
    ],
    [
      'a measurement of no test in particular',
      series('l_value'),
      `${at}.series.0.item "l_value" holds many tests: say with "test" which one is drawn`,
    ],
    [
      'a test that is not there',
      series('l_value', { test: 'gold' }),
      `${at}.series.0.test there is no analyte "gold"`,
    ],
    [
      'a test of an item that has none',
      series('n_hours', { test: 'iron' }),
      `${at}.series.0.test "n_hours" has no test item in its row`,
    ],
    [
      'a stand-in from another group',
      series('n_hours', { instead: 's_consent' }),
      `${at}.series.0.instead "s_consent" is not an item of group BED`,
    ],
    [
      'a stand-in that is no yes or no',
      series('n_hours', { instead: 'n_cups' }),
      `${at}.series.0.instead "n_cups" is no yes-no item`,
    ],
    [
      'a range the wrong way round',
      { range: { from: 9, to: 3 } },
      `${at}.range a range from 9 to 3 is empty`,
    ],
    [
      'a logarithm of zero',
      { scale: 'log', range: { from: 0, to: 9 } },
      `${at}.range a logarithmic axis begins above 0`,
    ],
    [
      'a line at zero on a logarithmic axis',
      { scale: 'log', lines: [{ at: 0, label: both('zero'), source: 'test' }] },
      `${at}.lines.0.at 0 has no place on a logarithmic axis`,
    ],
  ];
  test.each(lines)('tells %s', (_, more, expected) => {
    expect(ofPanel(more)).toContain(expected);
  });

  test('has one unit', () => {
    const iron = { label: both('iron'), item: 'l_value', test: 'iron' };
    expect(ofPanel({ series: [...hours.series, iron] })).toEqual([
      `${at}.series.1 its unit is mg/L, that of the first series h: one panel has one unit`,
    ]);
  });
});

describe('bars', () => {
  const at = 'pictures.0.bars.0';
  const lines: readonly [what: string, more: Partial<BarsInput>, expected: string][] = [
    ['a group that is not there', { group: 'DOZES' }, `${at}.group there is no item group "DOZES"`],
    ['a start that is no date', { start: 'd_mg' }, `${at}.start "d_mg" is no date`],
    ['an end of another group', { end: 'w_at' }, `${at}.end "w_at" is not an item of group DOSES`],
    ['a name that names nothing', { name: 'd_mg' }, `${at}.name "d_mg" is no name`],
    [
      'an amount that is no number',
      { amounts: ['d_mg', 'd_route'] },
      `${at}.amounts.1 "d_route" is no number`,
    ],
    ['what says that it goes on', { ongoing: 'd_route' }, `${at}.ongoing "d_route" is no yes-no item`],
    [
      'a reason of another form',
      { notGiven: 's_reason' },
      `${at}.notGiven "s_reason" is not an item of group DOSES`,
    ],
  ];
  test.each(lines)('tell %s', (_, more, expected) => {
    expect(ofBars(more)).toEqual([expected]);
  });
});
