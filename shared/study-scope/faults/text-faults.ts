/** Texts that are there and say nothing: only spaces in one of the languages. */
import type { StudyFault } from '../../study-model.ts';
import type { Study } from '../../study.ts';
import type { Path } from '../paths.ts';

export function findTextFaults(study: Study): readonly StudyFault[] {
  const faults: StudyFault[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const isText = (key === 'en' || key === 'fr') && typeof inner === 'string';
      if (isText && inner.trim() === '')
        faults.push({ path: [...path, key], message: `the text is empty in "${key}"` });
      else visit(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  };
  visit({ ...study, growth: [] }, []);
  return faults;
}
