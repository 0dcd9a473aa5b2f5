/** ODM files as other programs see them: held against the published schema by libxml2, and read tag by tag. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../studies/folders.ts';

const schema = path.join(root, 'tests/fixtures/odm-xsd-1.3.2/ODM1-3-2.xsd');

/** What xmllint objects to; '' when the file is valid. */
export function faultsOf(file: string): string {
  try {
    execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, file], { stdio: 'pipe' });
    return '';
  } catch (error) {
    if (error instanceof Error && 'stderr' in error) return String(error.stderr).slice(0, 2000);
    throw error;
  }
}

export interface OdmElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Names and attributes of what it stands in, outermost first. */
  readonly within: readonly OdmElement[];
  /** Directly in it. */
  readonly text: string;
}

/** Every element, in the order in which they end. Knows what XML these files have: no comments, no CDATA. */
export function readOdm(file: string): readonly OdmElement[] {
  const xml = readFileSync(file, 'utf8');
  const open: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const elements: OdmElement[] = [];
  for (const [, tag = '', text = ''] of xml.matchAll(/<([^>]+)>([^<]*)/gu)) {
    if (tag.startsWith('?')) continue;
    if (!tag.startsWith('/')) {
      const [, name = ''] = /^([\w:]+)/u.exec(tag) ?? [];
      const attributes = Object.fromEntries(
        [...tag.matchAll(/([\w:]+)="([^"]*)"/gu)].map(([, key = '', value = '']) => [key, unescape(value)]),
      );
      open.push({ name, attributes, text: tag.endsWith('/') ? '' : unescape(text) });
    }
    if (tag.startsWith('/') || tag.endsWith('/')) {
      const ended = open.pop();
      if (ended === undefined) throw new Error(`</${tag} ends nothing`);
      elements.push({ ...ended, within: open.map((one) => ({ ...one, within: [] })) });
    }
  }
  if (open.length > 0) throw new Error(`${open.map(({ name }) => name).join(' ')} do not end`);
  return elements;
}

/** One line a value: "01-001 SCR VS 1 vs_wt = 32.0", in the words of ODM. */
export function valueLines(elements: readonly OdmElement[]): readonly string[] {
  return elements.flatMap(({ name, attributes, within, text }) => {
    if (!name.startsWith('ItemData')) return [];
    const of = (element: string, attribute: string): string | undefined =>
      within.find((one) => one.name === element)?.attributes[attribute];
    const event = `${of('StudyEventData', 'StudyEventOID')?.slice(3) ?? ''}${of('StudyEventData', 'StudyEventRepeatKey') ?? ''}`;
    const place = [
      of('SubjectData', 'SubjectKey'),
      event,
      of('FormData', 'FormOID')?.slice(2),
      of('ItemGroupData', 'ItemGroupRepeatKey') ?? '1',
      attributes['ItemOID']?.slice(3),
    ];
    return [`${place.join(' ')} ${attributes['IsNull'] === 'Yes' ? 'is null' : `= ${text}`}`];
  });
}

function unescape(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replace(/&(?:#(\d+)|(\w+));/gu, (_, code: string | undefined, name: string | undefined) =>
    code === undefined ? (named[name ?? ''] ?? '') : String.fromCodePoint(Number(code)),
  );
}
