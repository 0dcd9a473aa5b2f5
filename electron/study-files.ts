/**
 * Reads a study definition from its folder of YAML files and says, for each fault, in which file and line it stands.
 *
 *   study.yaml        what the study is, and the order of its form and check files
 *   events.yaml       anchors, events, matrix of forms × events
 *   code-lists.yaml   analytes.yaml   lookups.yaml   growth.yaml (with CSV files beside it)
 *   forms/ID.yaml     one form each
 *   derivations.yaml  how calculated items are derived: item → expression
 *   checks/NAME.yaml  edit checks by topic
 *   classifications/NAME.yaml  case definitions, grades and scores by topic
 *   aids.yaml         what helps while a value is typed
 *   tables.yaml       what the report counts, over whom
 *   pictures.yaml     what the subject page draws of a course
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createStudyModel } from '#shared/study-model.ts';
import { Study } from '#shared/study.ts';
import { readGrowthTable } from './growth-file.ts';
import { createSources, type FileFault, type Sources } from './study-sources.ts';

export type { FileFault } from './study-sources.ts';

export interface StudyFiles {
  /** null when a fault makes the definition unusable. */
  readonly study: Study | null;
  readonly faults: readonly FileFault[];
}

type Place = readonly (string | number)[];

const isRecord = (x: unknown): x is Record<string, unknown> =>
  typeof x === 'object' && x !== null && !Array.isArray(x);
const isText = (x: unknown): x is string => typeof x === 'string';

/** Faults are complete as far as they can be told: a definition with an unreadable file is not checked further. */
export function readStudyFiles(folder: string): StudyFiles {
  const sources = createSources((file) => readFileSync(path.join(folder, file), 'utf8'));
  const merged = mergeFiles(sources);
  if (sources.faults().length > 0) return { study: null, faults: sources.faults() };

  const parsed = Study.safeParse(merged);
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      sources.addFault(
        issue.path.filter((key) => typeof key !== 'symbol'),
        issue.message,
      );
    return { study: null, faults: sources.faults() };
  }
  for (const fault of createStudyModel(parsed.data).faults) {
    const inside =
      fault.column === undefined
        ? ''
        : ` (line ${String(fault.line ?? 1)}, column ${String(fault.column)} of the expression)`;
    sources.addFault(fault.path, fault.message + inside);
  }
  return { study: sources.faults().length === 0 ? parsed.data : null, faults: sources.faults() };
}

/** One sentence a fault, as compilers print them: "forms/VS.yaml:34: …". */
export function describeFault(fault: FileFault): string {
  return `${fault.file}:${String(fault.line)}: ${fault.message}`;
}

function mergeFiles(sources: Sources): unknown {
  const root = sources.read('study.yaml', []);
  if (!isRecord(root)) return root;
  const { forms: formNames, checks: checkNames, classifications: classificationNames, ...study } = root;

  const sections: Record<string, unknown> = { ...study };
  for (const [file, keys] of [
    ['events.yaml', ['anchors', 'events', 'matrix']],
    ['code-lists.yaml', ['codeLists']],
    ['analytes.yaml', ['analytes']],
    ['lookups.yaml', ['lookups']],
    ['aids.yaml', ['aids']],
    ['tables.yaml', ['tables']],
    ['pictures.yaml', ['pictures']],
  ] as const) {
    for (const key of keys) {
      const section = sources.readPart(file, [key], [key]);
      if (section !== undefined) sections[key] = section;
    }
  }
  sections['growth'] = mergeGrowth(sources);
  sections['forms'] = listOf(formNames).map((name, index) =>
    sources.read(`forms/${name}.yaml`, ['forms', index]),
  );
  sections['checks'] = mergeLists(sources, 'checks', checkNames);
  sections['classifications'] = mergeLists(sources, 'classifications', classificationNames);
  // Items of a file that could not be read would be told as missing.
  if (sources.faults().length === 0) mergeDerivations(sources, sections['forms']);
  return sections;
}

/** The lists of several files, one after the other: `key` is the folder and the name of the list in each. */
function mergeLists(sources: Sources, key: 'checks' | 'classifications', names: unknown): readonly unknown[] {
  const merged: unknown[] = [];
  for (const name of listOf(names)) {
    const file = `${key}/${name}.yaml`;
    const own = sources.readPart(file, [key], null);
    if (!Array.isArray(own)) continue;
    own.forEach((entry: unknown, index) => {
      sources.map([key, merged.length], file, [key, index]);
      merged.push(entry);
    });
  }
  return merged;
}

const listOf = (x: unknown): readonly string[] => (Array.isArray(x) ? x.filter(isText) : []);

function mergeGrowth(sources: Sources): unknown {
  const tables = sources.readPart('growth.yaml', ['growth'], ['growth']);
  if (!Array.isArray(tables)) return tables ?? [];
  return tables.map((entry: unknown, index) => {
    if (!isRecord(entry) || !isText(entry['file'])) return entry;
    const { file, measure, sex, ...table } = entry;
    const text = sources.text(entry['file']);
    if (text === null) return entry;
    const rows = readGrowthTable(text, isText(measure) ? measure : '', isRecord(sex) ? sex : {});
    if (typeof rows === 'string') sources.addFault(['growth', index], `${file}: ${rows}`);
    return { ...table, rows };
  });
}

/** Puts each derivation's expression onto its calculated item, and remembers that its faults stand in derivations.yaml. */
function mergeDerivations(sources: Sources, forms: unknown): void {
  const derivations = sources.readPart('derivations.yaml', ['derivations'], null);
  if (derivations === undefined) return;
  const places = placesOfItems(forms);
  if (!Array.isArray(derivations)) {
    sources.addFaultAt('derivations.yaml', ['derivations'], 'derivations is not a list');
    return;
  }
  derivations.forEach((entry: unknown, index) => {
    const here: Place = ['derivations', index];
    if (!isRecord(entry) || !isText(entry['item'])) {
      sources.addFaultAt('derivations.yaml', here, 'a derivation names its item and its expression');
      return;
    }
    const target = places.get(entry['item']);
    if (target === undefined) {
      sources.addFaultAt('derivations.yaml', here, `no form has an item “${entry['item']}”`);
      return;
    }
    if ('expression' in target.item) {
      sources.addFaultAt('derivations.yaml', here, `“${entry['item']}” has more than one expression`);
      return;
    }
    for (const key of Object.keys(entry)) {
      if (!['item', 'expression', 'source', 'convention'].includes(key)) {
        sources.addFaultAt('derivations.yaml', [...here, key], `a derivation has no “${key}”`);
        continue;
      }
      if (key === 'item') continue;
      target.item[key] = entry[key];
      sources.map([...target.place, key], 'derivations.yaml', [...here, key]);
    }
  });
}

function placesOfItems(forms: unknown): ReadonlyMap<string, { item: Record<string, unknown>; place: Place }> {
  const places = new Map<string, { item: Record<string, unknown>; place: Place }>();
  const each = (x: unknown, visit: (entry: Record<string, unknown>, index: number) => void) => {
    if (Array.isArray(x)) x.forEach((entry: unknown, index) => isRecord(entry) && visit(entry, index));
  };
  each(forms, (form, f) => {
    each(form['groups'], (group, g) => {
      each(group['items'], (item, i) => {
        if (isText(item['id']))
          places.set(item['id'], { item, place: ['forms', f, 'groups', g, 'items', i] });
      });
    });
  });
  return places;
}
