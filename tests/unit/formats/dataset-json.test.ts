import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createStudyModel } from '#shared/study-model.ts';
import type { Study } from '#shared/study.ts';
import { createExportReader } from '../../../electron/services/export-rows.ts';
import { writeFormats } from '../../../electron/services/formats/write-formats.ts';
import { openExportSite, type ExportSite } from '../exports/site.ts';
import { sleepDiary } from '../studies/folders.ts';
import { exportFormats, fillSite, hostileTexts, putText } from './formats-site.ts';
import { readCsv } from './read-csv.ts';

/** From the standard: CDISC Dataset-JSON 1.1, "Dataset-JSON Specification", tables of attributes. The DM example that CDISC publishes with it passes. */
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/u);
const oid = z.string().min(1);
const DatasetJson = z.strictObject({
  datasetJSONCreationDateTime: moment,
  datasetJSONVersion: z.string().regex(/^1\.1\.\d+$/u),
  fileOID: oid.optional(),
  dbLastModifiedDateTime: moment.optional(),
  originator: z.string().optional(),
  sourceSystem: z.strictObject({ name: z.string(), version: z.string() }).optional(),
  studyOID: oid.optional(),
  metaDataVersionOID: oid.optional(),
  metaDataRef: z.string().optional(),
  itemGroupOID: oid,
  records: z.int().min(0),
  name: z.string().min(1),
  label: z.string().min(1),
  columns: z
    .array(
      z.strictObject({
        itemOID: oid,
        name: z.string().min(1),
        label: z.string().min(1),
        dataType: z.enum([
          ...(['string', 'integer', 'decimal', 'float', 'double', 'boolean'] as const),
          ...(['datetime', 'date', 'time', 'URI'] as const),
        ]),
        targetDataType: z.enum(['integer', 'decimal']).optional(),
        length: z.int().min(1).optional(),
        displayFormat: z.string().optional(),
        keySequence: z.int().min(1).optional(),
      }),
    )
    .min(1),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
});
type DatasetJson = z.infer<typeof DatasetJson>;

const types = { string: 'string', integer: 'number', double: 'number', date: 'string', datetime: 'string' };

describe('a Dataset-JSON file', () => {
  let site: ExportSite;
  let study: Study;
  let datasets: ReadonlyMap<string, DatasetJson>;
  beforeAll(async () => {
    site = await openExportSite(sleepDiary);
    ({ study } = await site.call('studies.current', {}));
    fillSite(site, createStudyModel(study).model, ['01-S61', '01-S62']);
    hostileTexts.forEach((text, index) => {
      putText(site, `01-S${String(index + 10)}`, text);
    });
    const { files } = await exportFormats(site, 'json', ['dataset-json']);
    datasets = new Map(
      files.map(({ file }) => [
        path.basename(file, '.json'),
        DatasetJson.parse(JSON.parse(readFileSync(file, 'utf8'))),
      ]),
    );
    await exportFormats(site, 'csv', ['csv']);
  }, 60_000);
  afterAll(() => {
    site.close();
  });

  it('is what the standard says, one for each form', () => {
    expect([...datasets.keys()].sort()).toEqual(study.forms.map(({ id }) => id).sort());
  });

  it('says how many records it has, each as wide as its columns and of their types', () => {
    for (const { records, columns, rows } of datasets.values()) {
      expect(rows).toHaveLength(records);
      const wrong = rows.flatMap((row) =>
        row.length === columns.length
          ? row.filter((cell, index) => {
              const { dataType } = columns[index] ?? { dataType: 'string' };
              return cell !== null && typeof cell !== types[dataType as keyof typeof types];
            })
          : ['width'],
      );
      expect(wrong).toEqual([]);
    }
  });

  it('names each row by its keys, once', () => {
    for (const { columns, rows } of datasets.values()) {
      const keys = columns.flatMap(({ keySequence }, index) => (keySequence === undefined ? [] : [index]));
      const named = rows.map((row) => JSON.stringify(keys.map((index) => row[index])));
      expect(new Set(named).size).toBe(rows.length);
    }
  });

  it('holds the cells of the CSV file of the same sheet', () => {
    for (const [name, { columns, rows }] of datasets) {
      const csv = readCsv(site.file(`csv/${name}.csv`));
      expect(columns.map((column) => column.name)).toEqual(csv.header);
      const numeric = (row: readonly unknown[]): unknown[] =>
        row.map((cell, index) => (columns[index]?.dataType === 'string' ? null : cell === '' ? null : cell));
      const ofCsv = csv.rows.map((row) =>
        numeric(row).map((cell, index) =>
          cell !== null && /integer|double/u.test(columns[index]?.dataType ?? '') ? Number(cell) : cell,
        ),
      );
      expect(rows.map(numeric)).toEqual(ofCsv);
    }
  });

  it('holds any text as it is', () => {
    const { columns, rows } = datasets.get('INTAKE') ?? { columns: [], rows: [] };
    const at = columns.findIndex(({ name }) => name === 'intake_mail');
    expect(rows.map((row) => row[at])).toEqual(expect.arrayContaining([...hostileTexts]));
  });

  it('is read by jsonlite in R', () => {
    const script = site.file('read.R');
    writeFileSync(
      script,
      `d <- jsonlite::fromJSON(commandArgs(TRUE)[1], simplifyVector = FALSE)
       cat(d$records, length(d$rows), length(d$columns), d$columns[[3]]$name, d$rows[[1]][[3]])`,
    );
    const words = ['--vanilla', script, site.file('json/INTAKE.json')];
    const { records, columns, rows } = datasets.get('INTAKE') ?? { records: 0, columns: [], rows: [] };
    expect(execFileSync('Rscript', words, { encoding: 'utf8' })).toBe(
      `${String(records)} ${String(rows.length)} ${String(columns.length)} SUBJID ${String(rows[0]?.[2])}`,
    );
  });

  it('of a domain has exactly the variables that the definition names, and rows where one of them is filled', async () => {
    const mapped: Study = {
      ...study,
      forms: study.forms.map((form) => ({
        ...form,
        groups: form.groups.map((group) => ({
          ...group,
          items: group.items.map((item) => ({
            ...item,
            ...(item.id === 'intake_born' ? { target: 'DM.BRTHDTC' } : {}),
            ...(item.id === 'intake_start' ? { target: 'DM.RFSTDTC' } : {}),
          })),
        })),
      })),
    };
    const { db, fingerprint, siteCode, siteName } = site.actor().site;
    const folder = site.file('draft');
    mkdirSync(folder);
    const reader = createExportReader(db);
    const source = { reader, study: mapped, siteCode, siteName, fingerprint, appVersion: '0.0.0' };
    const watch = { progress: () => undefined };
    const files = await writeFormats(source, folder, 'a', ['dataset-json'], watch);
    expect(files.map(({ file }) => file)).toContain('a_dataset-json/draft-sdtm-dm.json');
    const draft = DatasetJson.parse(
      JSON.parse(readFileSync(path.join(folder, 'a_dataset-json/draft-sdtm-dm.json'), 'utf8')),
    );
    expect(draft.columns.map(({ name }) => name)).toEqual([
      ...['STUDYID', 'DOMAIN', 'USUBJID', 'DMSEQ', 'VISIT', 'BRTHDTC', 'RFSTDTC'],
    ]);
    const intake = datasets.get('INTAKE');
    const start = intake?.columns.findIndex(({ name }) => name === 'intake_start_DTC') ?? -1;
    expect(draft.rows.map((row) => row[6])).toEqual(intake?.rows.map((row) => row[start]));
  });
});
