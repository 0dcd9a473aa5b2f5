/** A pool in a temporary folder with the study that ships, and workbooks of sites to take into it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { ZipFile } from 'yazl';
import type { PoolFileOutcome } from '#shared/contract/pool.ts';
import type { VerifyReport } from '#shared/contract/trail.ts';
import type { Conflict } from '#shared/pool/conflict.ts';
import type { Services } from '../../../electron/services.ts';
import { openExportSite, password, user, type ExportSite } from '../exports/site.ts';
import { anakinra } from '../studies/folders.ts';

/** A real site with one real child: what the other sites are told after. */
export async function openPatternSite(): Promise<ExportSite> {
  const site = await openExportSite(anakinra);
  const lines = readFileSync(path.join(anakinra, 'demo', 'children.jsonl'), 'utf8').split('\n');
  for (const line of lines.filter((text) => text !== '')) {
    const {
      subject,
      event,
      form,
      row = 1,
      answers,
    } = JSON.parse(line) as {
      subject: string;
      event: string;
      form: string;
      row?: number;
      answers?: Record<string, string>;
    };
    if (subject !== '01-001' || answers === undefined) continue;
    const changes = Object.entries(answers).map(([item, value]) => ({ event, form, row, item, value }));
    site.enter(subject, changes);
  }
  return site;
}

export interface TestPool {
  readonly folder: string;
  readonly services: Services;
  take(...files: readonly string[]): Promise<readonly PoolFileOutcome[]>;
  conflicts(): Promise<readonly Conflict[]>;
  readonly call: ExportSite['call'];
  readonly rows: ExportSite['rows'];
  verify(): Promise<VerifyReport['problems']>;
}

/** `site` is signed out of: one folder is open at a time. */
export async function makePool(site: ExportSite): Promise<TestPool> {
  await site.call('session.signOut', {});
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'cahier-pool-')), 'pool');
  const { call, services } = site;
  await call('pool.create', { folder, name: 'Pool', user, password });
  await call('session.signIn', { user, password });
  const actor = () => services.session.authorise('pool.receive');
  return {
    ...{ folder, services, call },
    rows: (sql, ...bound) =>
      actor()
        .site.db.prepare<unknown[], never>(sql)
        .all(...bound),
    take: async (...files) => {
      const status = await services.pool.run(actor(), files);
      if (status.state !== 'done') throw new Error(`${status.state} ${status.error?.message ?? ''}`);
      return status.outcomes;
    },
    conflicts: async () => (await call('pool.conflicts', { offset: 0, limit: 500 })).rows,
    verify: async () => (await call('audit.verify', {})).problems,
  };
}

/** Beside the file, under another name. */
export function resaveByOpenpyxl(file: string): string {
  const saved = path.join(path.dirname(file), `openpyxl-${path.basename(file)}`);
  const script = 'import sys, openpyxl; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])';
  execFileSync('/usr/bin/python3', ['-c', script, file, saved]);
  return saved;
}

/** One part of a workbook written anew, as a program would that knows nothing of manifests. */
export async function editPart(file: string, part: string, edit: (xml: string) => string): Promise<void> {
  const parts = await readParts(file);
  await writeParts(
    file,
    parts.map(([name, bytes]) => [name, name === part ? Buffer.from(edit(bytes.toString('utf8'))) : bytes]),
  );
}

export async function addToZip(file: string, part: string, content: string): Promise<void> {
  await writeParts(file, [...(await readParts(file)), [part, Buffer.from(content)]]);
}

async function writeParts(file: string, parts: readonly (readonly [string, Buffer])[]): Promise<void> {
  const zip = new ZipFile();
  for (const [name, bytes] of parts) zip.addBuffer(bytes, name);
  zip.end();
  writeFileSync(file, await buffer(zip.outputStream));
}

/** The part in which a sheet lies. */
export async function partOf(file: string, sheet: string): Promise<string> {
  const parts = new Map(await readParts(file));
  const book = parts.get('xl/workbook.xml')?.toString('utf8') ?? '';
  const relations = parts.get('xl/_rels/workbook.xml.rels')?.toString('utf8') ?? '';
  const id = new RegExp(`<sheet [^>]*name="${sheet}"[^>]*r:id="([^"]+)"`, 'u').exec(book)?.[1] ?? '';
  const tag = new RegExp(`<Relationship [^>]*Id="${id}"[^>]*>`, 'u').exec(relations)?.[0] ?? '';
  return `xl/${/Target="\/?(?:xl\/)?([^"]+)"/u.exec(tag)?.[1] ?? ''}`;
}

function readParts(file: string): Promise<readonly (readonly [string, Buffer])[]> {
  return new Promise((resolve, reject) => {
    const parts: (readonly [string, Buffer])[] = [];
    yauzl.open(file, { lazyEntries: true }, (fault, zip) => {
      if (fault !== null) {
        reject(fault);
        return;
      }
      zip.on('entry', (entry: yauzl.Entry) => {
        zip.openReadStream(entry, (error, stream) => {
          if (error !== null) reject(error);
          else
            void buffer(stream).then((bytes) => {
              parts.push([entry.fileName, bytes]);
              zip.readEntry();
            }, reject);
        });
      });
      zip.on('end', () => {
        resolve(parts);
      });
      zip.readEntry();
    });
  });
}
