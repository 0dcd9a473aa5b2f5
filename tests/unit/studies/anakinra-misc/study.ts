/** The study as it is installed: read from its files, without a fault. */
import { createStudyModel } from '#shared/study-model.ts';
import { describeFault, readStudyFiles } from '../../../../electron/study-files.ts';
import { anakinra } from '../folders.ts';

const files = readStudyFiles(anakinra);
if (files.study === null) throw new Error(files.faults.map(describeFault).join('\n'));

export const study = files.study;
export const { model } = createStudyModel(study);
