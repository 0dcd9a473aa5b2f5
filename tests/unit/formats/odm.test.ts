import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitText } from '#shared/formats/fit-text.ts';
import { xmlAttribute, xmlText } from '#shared/formats/xml.ts';
import { createStudyModel } from '#shared/study-model.ts';
import { run } from '../cli/run.ts';
import { openExportSite, type ExportSite } from '../exports/site.ts';
import { sleepDiary } from '../studies/folders.ts';
import { exportFormats, fillSite, hostileTexts, longText, putText } from './formats-site.ts';
import { faultsOf, readOdm, valueLines, type OdmElement } from './read-odm.ts';

interface Value {
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly row: number;
  readonly item: string;
  /** Of a multiple choice a JSON array of codes. */
  readonly value: string | null;
  readonly relation: string | null;
  readonly unit: string | null;
  readonly missing: string | null;
  readonly parked: boolean;
}

const placeOf = ({ subject, event, form, row, item }: Value): string =>
  `${subject} ${event} ${form} ${String(row)} ${item}`;

/** The lines that say it, in one way or another: a multiple choice is several items. */
function linesOf(one: Value): readonly (readonly string[])[] {
  const place = placeOf(one);
  if (one.missing !== null) return [[`${place} is null`], [`${place}.C.1 is null`], [`${place}.C.0 is null`]];
  const value = one.value ?? '';
  if (!value.startsWith('["')) return [[`${place} = ${value}`]];
  return [(JSON.parse(value) as string[]).map((code) => `${place}.C.${code} = 1`)];
}

describe.each([
  { name: 'practice site', words: [] },
  { name: 'replica', words: ['--replica'] },
])('the ODM file of the $name', ({ words }) => {
  const home = mkdtempSync(path.join(tmpdir(), 'cahier-odm-'));
  const dir = path.join(home, 'site');
  const file = path.join(home, 'a.xml');
  const nobody = { environment: {} };
  let elements: readonly OdmElement[];
  let values: readonly Value[];

  beforeAll(async () => {
    await run(['demo', ...words, '--dir', dir, '--json'], nobody);
    const exported = await run(['export', '--dir', dir, '--format', 'odm', '--out', file, '--json'], nobody);
    expect(exported.json()).toMatchObject({ file, files: [{ file, format: 'odm' }] });
    elements = readOdm(file);
    values = (await run(['values', '--dir', dir, '--json'], nobody)).json() as Value[];
  }, 180_000);
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it('is valid against the schema of ODM 1.3.2', () => {
    expect(faultsOf(file)).toBe('');
  });

  it.each(['shifted', 'first-dose'])(
    'is valid without identifiers, dates %s, and names nobody',
    async (dates) => {
      const out = path.join(home, `${dates}.xml`);
      const words = ['--format', 'odm', '--deidentify', dates, '--out', out, '--json'];
      expect((await run(['export', '--dir', dir, ...words], nobody)).code).toBe(0);
      expect(faultsOf(out)).toBe('');
      const named = readOdm(out).filter(({ name }) => /^(?:User|AuditRecord|Signature)$/u.test(name));
      expect(named).toEqual([]);
    },
  );

  it('holds every value of the record and no other, each as it was typed', () => {
    const kept = values.filter(({ parked, value, missing }) => !parked && (value ?? missing) !== null);
    const written = new Set(valueLines(elements));
    const lost = kept.filter(
      (one) => !linesOf(one).some((lines) => lines.every((line) => written.has(line))),
    );
    expect(lost.slice(0, 5)).toEqual([]);
    const places = new Set(kept.map(placeOf));
    const added = [...written].filter((line) => {
      const [place = ''] = line.split(/ = | is null/u);
      return !places.has(place.replace(/\.(?:REL|STD|C\..*)$/u, ''));
    });
    expect(added.slice(0, 5)).toEqual([]);
  });

  it('refers to nothing that it does not define', () => {
    const defined = new Set(elements.flatMap(({ attributes: { OID, ID } }) => [OID, ID]));
    const dangling = elements.flatMap(({ name, attributes }) =>
      Object.entries(attributes)
        .filter(
          ([attribute]) => /.(?:OID|RecordID|AnnotationID)$/u.test(attribute) && attribute !== 'FileOID',
        )
        .filter(([, value]) => !defined.has(value))
        .map(([attribute, value]) => `${name} ${attribute} ${value}`),
    );
    expect([...new Set(dangling)]).toEqual([]);
  });

  it('defines every item, form and event of the study once', async () => {
    const { definition: study } = (await run(['study', '--full', '--json'], nobody)).json() as {
      definition: {
        events: { id: string }[];
        forms: { id: string; groups: { items: { id: string }[] }[] }[];
      };
    };
    const oids = elements.flatMap(({ name, attributes: { OID } }) =>
      name.endsWith('Def') && OID !== undefined ? [OID.replace(/\.C\..*$/u, '')] : [],
    );
    const asked = [
      ...study.events.map(({ id }) => `SE.${id}`),
      ...study.forms.map(({ id }) => `F.${id}`),
      ...study.forms.flatMap(({ groups }) =>
        groups.flatMap(({ items }) => items.map(({ id }) => `IT.${id}`)),
      ),
    ];
    expect(asked.filter((oid) => !oids.includes(oid))).toEqual([]);
    const names = elements.flatMap(({ name, attributes: { OID } }) => (name.endsWith('Def') ? [OID] : []));
    expect(new Set(names).size).toBe(names.length);
  });

  it('says of every value who made it what it is, where and when, as the trail does', async () => {
    const records = new Set(
      elements.flatMap(({ name, attributes }) => (name === 'AuditRecord' ? [attributes['ID']] : [])),
    );
    const items = elements.filter(({ name }) => name.startsWith('ItemData'));
    expect(items.filter(({ attributes }) => !records.has(attributes['AuditRecordID']))).toEqual([]);
    const value = values.find(({ item, parked }) => item === 'vs_wt' && !parked);
    const { subject = '', event = '', form = '', item = '' } = value ?? {};
    const trail = (
      await run(
        [
          'history',
          '--dir',
          dir,
          '--subject',
          subject,
          '--event',
          event,
          '--form',
          form,
          '--item',
          item,
          '--json',
        ],
        nobody,
      )
    ).json() as { seq: number; at: string; user: string; action: string }[];
    const newest = trail.findLast(({ action }) => action === 'value.set');
    const own = items.find(
      ({ attributes, within }) =>
        attributes['ItemOID'] === `IT.${item}` &&
        within.some((one) => one.attributes['SubjectKey'] === subject) &&
        within.some((one) => one.attributes['StudyEventOID'] === `SE.${event}`),
    );
    expect(own?.attributes['AuditRecordID']).toBe(`AR.${String(newest?.seq)}`);
    const parts = elements.filter(({ within }) =>
      within.some(({ attributes }) => attributes['ID'] === `AR.${String(newest?.seq)}`),
    );
    expect(parts.map(({ name, text, attributes }) => [name, text || Object.values(attributes)[0]])).toEqual(
      expect.arrayContaining([
        ['UserRef', `USR.${newest?.user ?? ''}`],
        ['LocationRef', 'LOC.01'],
        ['DateTimeStamp', newest?.at],
      ]),
    );
  });
});

describe('an ODM file', () => {
  let site: ExportSite;
  beforeAll(async () => {
    site = await openExportSite(sleepDiary);
  });
  afterAll(() => {
    site.close();
  });
  const write = async (name: string): Promise<readonly OdmElement[]> => {
    await exportFormats(site, name, ['odm']);
    expect(faultsOf(site.file(name))).toBe('');
    return readOdm(site.file(name));
  };

  it('of a site without subjects is valid and says so', async () => {
    const elements = await write('empty.xml');
    expect(elements.filter(({ name }) => name === 'SubjectData')).toEqual([]);
  });

  it('of every type of answer, partial dates and censored results among them, is valid', async () => {
    const { study } = await site.call('studies.current', {});
    fillSite(site, createStudyModel(study).model, ['01-S61', '01-S62', '01-S63']);
    const names = new Set((await write('all.xml')).map(({ name }) => name));
    expect([...names]).toEqual(
      expect.arrayContaining([
        ...['ItemDataInteger', 'ItemDataFloat', 'ItemDataString', 'ItemDataDate', 'ItemDataPartialDate'],
        ...['ItemDataPartialDatetime', 'ItemDataAny', 'Annotation'],
      ]),
    );
  });

  it('holds hostile texts as the workbook does, and stays valid', async () => {
    const texts = [...hostileTexts, longText];
    texts.forEach((text, index) => {
      putText(site, `01-S${String(index + 10)}`, text);
    });
    const found = (await write('hostile.xml'))
      .filter(({ attributes }) => attributes['ItemOID'] === 'IT.intake_mail')
      .map(({ text }) => text);
    expect(found).toEqual(expect.arrayContaining(texts.map(fitText)));
  });

  it('is the same bytes when nothing has changed', async () => {
    const [first] = (await exportFormats(site, 'one.xml', ['odm'])).files;
    site.clock.pass(60_000);
    const [second] = (await exportFormats(site, 'two.xml', ['odm'])).files;
    expect(second?.sha256).toBe(first?.sha256);
  });

  it('names the site of each subject', async () => {
    const elements = await write('sites.xml');
    const subjects = elements.filter(({ name }) => name === 'SubjectData');
    const sites = elements.filter(({ name }) => name === 'SiteRef');
    expect(sites.map(({ attributes }) => attributes['LocationOID'])).toEqual(subjects.map(() => 'LOC.01'));
  });
});

describe('XML', () => {
  it.each([
    ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
    [']]>', ']]&gt;'],
    ['"', '&quot;'],
    ['a\rb', 'a_x000D_b'],
    ['half \uD800 a pair', 'half \uFFFD a pair'],
    ['\u0000', '_x0000_'],
  ])('writes %j as %j', (text, written) => {
    expect(xmlText(text)).toBe(written);
  });

  it('keeps line ends and tabs of attributes, of which a parser would make spaces', () => {
    expect(xmlAttribute('a\nb\tc')).toBe('a&#10;b&#9;c');
  });
});
