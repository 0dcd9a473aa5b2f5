/** Exports of the open site: each runs in a thread of its own, one at a time, and can be watched and cancelled. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { assertNever } from '#shared/assert-never.ts';
import type { ExportedFile, ExportStatus } from '#shared/bridge.ts';
import { AppError, refuse } from '../app-error.ts';
import { toRefusal } from '../db/disk-faults.ts';
import type { Log } from '../log.ts';
import { toFileRefusal } from './export-faults.ts';
import { partialFile } from './partial-file.ts';
import type { ExportNews, ExportOrder, WrittenNews } from './export-messages.ts';
import type { ExportRequest, ExportRunner } from './export-runner.ts';
import { giveNames, type Naming } from './formats/give-names.ts';
import { placesOf, type ExportPlaces } from './formats/places.ts';
import { sideName } from './formats/write-formats.ts';
import { threadError } from './thread-faults.ts';

export type DoneStatus = Extract<ExportStatus, { state: 'done' }>;

export interface ExportSurroundings {
  readonly order: Omit<
    ExportOrder,
    'purpose' | 'partial' | 'partialFolder' | 'base' | 'formats' | 'choices' | 'cancel'
  >;
  readonly workerUrl: URL;
  readonly log: Log;
  readonly newId: () => string;
  /**
   * Writes the finished export into the trail and calls `giveName` in the same transaction, so that no workbook is
   * handed over without an entry. Throws when it can't.
   */
  readonly record: (request: ExportRequest, written: WrittenNews, giveName: () => void) => void;
}

interface Job {
  status: ExportStatus;
  readonly request: ExportRequest;
  readonly partial: string;
  readonly partialFolder: string;
  readonly places: ExportPlaces;
  readonly cancel: Int32Array;
  readonly ended: Promise<ExportStatus>;
}

export function createExports(surroundings: ExportSurroundings): ExportRunner {
  const jobs = new Map<string, Job>();
  const find = (id: string): Job => {
    const job = jobs.get(id);
    if (job === undefined) throw refuse('export-unknown');
    return job;
  };

  function start(request: ExportRequest): { job: string } {
    if ([...jobs.values()].some(({ status }) => status.state === 'running')) throw refuse('export-running');
    const id = surroundings.newId();
    const partial = partialFile(request.file, id);
    const partialFolder = partialFile(request.file, `${id}-formats`);
    const { formats, choices } = request;
    const places = placesOf(request.file, formats);
    const cancel = new SharedArrayBuffer(4);
    const order: ExportOrder = {
      ...{ ...surroundings.order, purpose: 'write' },
      ...{ partial, partialFolder, base: places.base, formats, choices, cancel },
    };
    const worker = startThread(surroundings.workerUrl, order);
    const job: Job = {
      status: { state: 'running', job: id, sheet: '', cells: 0, totalCells: 0 },
      ...{ request, partial, partialFolder, places, cancel: new Int32Array(cancel) },
      ended: new Promise((resolve) => {
        const hear = (state: () => ExportStatus): void => {
          if (job.status.state === 'running') job.status = state();
        };
        worker.on('message', (news: ExportNews) => {
          hear(() => statusAfter(id, news));
        });
        worker.on('error', (error) => {
          hear(() => crashed(id, error));
        });
        worker.on('exit', () => {
          hear(() => crashed(id, new Error('the export thread ended early')));
          resolve(job.status);
        });
      }),
    };
    jobs.set(id, job);
    return { job: id };
  }

  function statusAfter(id: string, news: ExportNews): ExportStatus {
    switch (news.kind) {
      case 'progress': {
        const { sheet, cells, totalCells } = news;
        return { state: 'running', job: id, sheet, cells, totalCells };
      }
      case 'written':
        return handOver(id, news);
      case 'cancelled':
        return { state: 'cancelled', job: id };
      case 'refused':
        return { state: 'failed', job: id, error: news.refusal };
      case 'crashed':
        return crashed(id, threadError('the export thread failed', news.stack));
      case 'previewed':
        return crashed(id, new Error('the export thread counted instead of writing'));
      default:
        return assertNever(news);
    }
  }

  function handOver(id: string, news: WrittenNews): ExportStatus {
    const { request, partial, partialFolder, places, cancel } = find(id);
    const dropPartials = (): void => {
      rmSync(partial, { force: true });
      rmSync(partialFolder, { recursive: true, force: true });
    };
    if (Atomics.load(cancel, 0) === 1) {
      dropPartials();
      return { state: 'cancelled', job: id };
    }
    const { file } = request;
    const { sheets, cells, head } = news;
    const files = placedFiles(news, places);
    const done: DoneStatus = { state: 'done', job: id, file, sheets, cells, head, files };
    const namings = namingsOf(partial, partialFolder, places);
    let named: readonly Naming[] = [];
    try {
      surroundings.record(request, news, () => {
        giveNames(namings);
        named = namings;
      });
      dropPartials();
      return done;
    } catch (error) {
      for (const { to } of named) rmSync(to, { recursive: true, force: true });
      dropPartials();
      const refusal = toFileRefusal(error, file) ?? toRefusal(error);
      return refusal === null ? crashed(id, error) : { state: 'failed', job: id, error: refusal.refusal };
    }
  }

  function crashed(id: string, error: unknown): ExportStatus {
    const reference = surroundings.newId();
    surroundings.log.fault(reference, 'exports', error);
    return { state: 'failed', job: id, error: refuse('internal', { reference }).refusal };
  }

  /** A thread of its own, so that a large record is counted beside the work. */
  const preview: ExportRunner['preview'] = (choices) => {
    const cancel = new SharedArrayBuffer(4);
    const order: ExportOrder = {
      ...{ ...surroundings.order, purpose: 'preview', partial: '' },
      ...{ partialFolder: '', base: '', formats: [], choices, cancel },
    };
    const worker = startThread(surroundings.workerUrl, order);
    return new Promise((resolve, reject) => {
      worker.on('message', (news: ExportNews) => {
        if (news.kind === 'previewed') resolve(news.preview);
        else if (news.kind === 'refused') reject(new AppError(news.refusal));
        else
          reject(threadError('the export thread failed', news.kind === 'crashed' ? news.stack : news.kind));
      });
      worker.on('error', reject);
      // After an answer it changes nothing.
      worker.on('exit', () => {
        reject(new Error('the export thread ended early'));
      });
    });
  };

  return {
    start,
    preview,
    status: (id) => find(id).status,
    cancel: (id) => {
      Atomics.store(find(id).cancel, 0, 1);
    },
    run: (request) => find(start(request).job).ended,
    idle: async () => {
      await Promise.all([...jobs.values()].map(({ ended }) => ended));
    },
  };
}

/** Rows are short-lived: with little room for such, a large export takes a hundred megabytes less. */
function startThread(program: URL, order: ExportOrder): Worker {
  return new Worker(program, {
    workerData: order,
    stderr: true,
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
}

function namingsOf(
  partial: string,
  partialFolder: string,
  { workbook, base, sides }: ExportPlaces,
): Naming[] {
  const ofSides = sides.map(({ format, place }) => {
    return { from: path.join(partialFolder, sideName(base, format)), to: place };
  });
  return [...(workbook === null ? [] : [{ from: partial, to: workbook }]), ...ofSides];
}

/** Each file under the full path that it is given. */
function placedFiles(
  { files }: WrittenNews,
  { workbook, base, sides }: ExportPlaces,
): readonly ExportedFile[] {
  return files.map((one) => {
    if (one.format === 'xlsx') return { ...one, file: workbook ?? one.file };
    const [top = '', ...below] = one.file.split('/');
    const side = sides.find(({ format }) => sideName(base, format) === top);
    return { ...one, file: path.join(side?.place ?? '', ...below) };
  });
}
