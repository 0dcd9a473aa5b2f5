/** What is typed into the forms of the study, in the order of their fields: the answers that come again and again. */
import type { Answers } from './keyboard.ts';

export function yes(...labels: readonly string[]): Answers {
  return labels.map((label) => [label, '1'] as const);
}
export function no(...labels: readonly string[]): Answers {
  return labels.map((label) => [label, '0'] as const);
}
/** One row of the table a result, each "analyte value unit". */
export function sampled(at: string, results: readonly string[]): Answers {
  return results.flatMap((result): Answers => {
    const [analyte = '', ...value] = result.split(' ');
    return [
      ['Sampling date and time', at],
      ['Laboratory', 'CHU'],
      ['Analyte', analyte],
      ['Reported value', value.join(' ')],
    ];
  });
}
/** Simpson biplane by the local reader, minimal regurgitation, no effusion. */
export function echocardiography(at: string, lvef: string): Answers {
  return [
    ['Date and time', at],
    ['Read by', 'l'],
    ['LVEF', lvef],
    ['LVEF method', 's'],
    ['Mitral regurgitation', '1'],
    ...no('Aortic regurgitation', 'Pericardial effusion', 'RV dysfunction'),
  ];
}
export function wellAt(date: string): Answers {
  return [
    ['Date', date],
    ['Mode', 'v'],
    ['Status', 'a'],
    ['Modified Ross class', 'i'],
    ['Symptoms', 'no'],
    ...no(
      'Relapse of MIS-C',
      'Readmission',
      'Still on corticosteroids',
      'Still on aspirin',
      'Still on anakinra',
    ),
    ['Sport allowed', '0'],
    ['Sequelae', 'no'],
  ];
}
