import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');
export const anakinra = path.join(root, 'shared/studies/anakinra-misc');
export const sleepDiary = path.join(root, 'tests/fixtures/studies/sleep-diary');
