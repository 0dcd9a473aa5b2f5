/**
 * Composition root: what the application does, built on what the outside lends it. Window, command line and tests
 * make their services here; only the host, the clock and the folders differ.
 */
import type { Study } from '#shared/study.ts';
import { type AppError, refuse } from './app-error.ts';
import { type Clock, readMoment } from './clock.ts';
import { type ScryptCost, usualCost } from './db/keyring.ts';
import { readMigrations } from './db/migrate.ts';
import { by } from './methods/by.ts';
import { exportHandlers } from './methods/exports.ts';
import { peopleMethods } from './methods/people.ts';
import { type Dispatch, type Handlers, createDispatch } from './dispatch.ts';
import type { Log } from './log.ts';
import { secondEntryHandlers } from './methods/second-entry.ts';
import { historyOf, originsOf } from './services/audit.ts';
import { createAmendments } from './services/amendments.ts';
import { createWorkflowMethods } from './methods/workflow.ts';
import { type DemoService, createDemo } from './services/demo.ts';
import { type ExportDesk, createExportDesk } from './services/export-desk.ts';
import { type CopiesService, type PrintJob, createCopies } from './services/copies.ts';
import { createNewestHead } from './db/newest-head.ts';
import { backupHandlers } from './methods/backups.ts';
import { submissionHandlers } from './methods/submission.ts';
import { survivalHandlers } from './methods/survival.ts';
import { backUpBeforeMigration } from './services/backups/make-backup.ts';
import { type BackupDesk, createBackupDesk } from './services/backups/backup-desk.ts';
import { type BundleDesk, createBundleDesk } from './services/bundle/bundle-desk.ts';
import { createDrafts } from './services/drafts.ts';
import { createFindings } from './services/findings.ts';
import { type FormsService, createForms } from './services/forms.ts';
import { createQueries } from './services/queries.ts';
import { countQueries } from './services/query-list.ts';
import { type ImportDesk, createImportDesk, importHandlers } from './services/import/import-desk.ts';
import { poolHandlers } from './methods/pool.ts';
import { createPoolDesk, type PoolDesk } from './services/pool/pool-desk.ts';
import { poolCode } from '#shared/pool/pool-code.ts';
import { type PushDesk, createPushDesk } from './services/push/push-desk.ts';
import type { ReportFormat } from './services/report-file.ts';
import { type ReportsService, createReports } from './services/reports.ts';
import { readHeads, recordHead } from './services/known-heads.ts';
import { type RecentSites, type SessionService, createSession } from './services/session.ts';
import { type SiteOpening, createSite, isSite } from './services/site-folder.ts';
import type { Site } from './services/site.ts';
import { createStudyReader, readStudyFolder } from './services/studies.ts';
import { createRehearsal } from './services/submission/rehearsal.ts';
import { createSubjects } from './services/subjects.ts';
import { createTrailList } from './services/trail-list.ts';
import type { HeadReason } from './services/verify/missed-heads.ts';
import { createVerifier } from './services/verify/verifier.ts';
import { createSignatures } from './services/signatures.ts';
import { createWorkflow } from './services/workflow.ts';

/** What only a desktop can do. */
export interface Host {
  /** Full path of the chosen folder; null when the dialog was cancelled. */
  chooseFolder(purpose: 'new' | 'open'): Promise<string | null>;
  /** Full path of a file to be read; null when the dialog was cancelled. */
  chooseImport(): Promise<string | null>;
  /** Workbooks and bundles of sites; empty when it was cancelled. */
  chooseDeliveries(): Promise<readonly string[]>;
  chooseWorkbook(suggestedName: string): Promise<string | null>;
  /** Full path of a bundle; null when the dialog was cancelled. */
  chooseBundle(suggestedName: string): Promise<string | null>;
  /** Full path of the file, ending as its format does; null when the dialog was cancelled. */
  chooseReport(suggestedName: string, format: ReportFormat): Promise<string | null>;
  /** Full path of a PDF; null when the dialog was cancelled. */
  chooseCopy(suggestedName: string): Promise<string | null>;
  /** Lays a document out on A4 pages with their margins. Throws when it was cancelled. */
  printPdf(job: PrintJob, cancelled: AbortSignal): Promise<Uint8Array>;
}

export interface Outside {
  readonly clock: Clock;
  /** Random, short, fit for a file of logs. */
  readonly newId: () => string;
  readonly log: Log;
  readonly host: Host;
  readonly recent: RecentSites;
  readonly appVersion: string;
  readonly folders: { readonly migrations: string; readonly study: string };
  readonly exportWorker: URL;
  readonly verifyWorker: URL;
  readonly backupWorker: URL;
  readonly importWorker: URL;
  readonly poolWorker: URL;
  readonly deliveryWorker: URL;
  readonly bundleWorker: URL;
  readonly rehearsalWorker: URL;
  /** Less than the usual cost only in tests. */
  readonly cost?: ScryptCost;
}

export interface Services {
  readonly dispatch: Dispatch;
  readonly session: SessionService;
  readonly forms: FormsService;
  readonly exports: ExportDesk;
  readonly bundles: BundleDesk;
  readonly backups: BackupDesk;
  readonly imports: ImportDesk;
  readonly pool: PoolDesk;
  readonly pushes: PushDesk;
  readonly reports: ReportsService;
  readonly copies: CopiesService;
  readonly demo: DemoService;
  /** The definition that a new site gets. */
  shippedStudy(): Study;
  /** Logs a bug and gives what a person is told of it. */
  fault(where: string, error: unknown): AppError;
}

export function createServices(outside: Outside): Services {
  const { clock, host, log, newId, folders } = outside;
  const cost = outside.cost ?? usualCost;
  const migrations = readMigrations(folders.migrations);
  const readStudy = createStudyReader();
  const opening: SiteOpening = {
    ...{ migrations, readStudy },
    beforeMigration: (folder, key, now) => {
      backUpBeforeMigration({ folder, key, now, appVersion: outside.appVersion }, { migrations, readStudy });
    },
  };
  const fault: Services['fault'] = (where, error) => {
    const reference = newId();
    log.fault(reference, where, error);
    return refuse('internal', { reference });
  };
  /** A head that can't be kept is missed later at most; the work itself is done. */
  const keepHead = (site: Site, why: HeadReason): void => {
    try {
      recordHead(site, why, clock.now());
    } catch (error) {
      log.fault(newId(), 'known heads', error);
    }
  };
  const exports = createExportDesk({ ...outside, keepHead });
  const bundles = createBundleDesk({ ...outside, keepHead });
  const reports = createReports(outside);
  const verifier = createVerifier({ clock, verifyWorker: outside.verifyWorker, headsOf: readHeads });
  const copies = createCopies(outside);
  const backups = createBackupDesk({ ...outside, keepHead, fault });
  const drafts = createDrafts(clock);
  const forms = createForms(clock);
  const imports = createImportDesk(outside, forms, async ({ site, user, role }) => {
    await backups.run(site, { user, role }, 'import');
  });
  const pool = createPoolDesk(outside, async ({ site, user, role }) => {
    await backups.runIfChanged(site, { user, role }, 'merge');
  });
  const session = createSession({
    clock,
    opening,
    cost,
    recent: outside.recent,
    appVersion: outside.appVersion,
    opened: (site, doer) => {
      backups.siteOpens(site, doer);
      bundles.siteOpens(site);
    },
    closing: (site) => {
      backups.siteCloses(site);
      drafts.siteCloses(site);
      exports.siteCloses(site);
      bundles.siteCloses(site);
      imports.siteCloses(site);
      pool.siteCloses(site);
      reports.siteCloses();
      verifier.siteCloses(site);
    },
    signedOut: (site) => {
      keepHead(site, 'sign-out');
      copies.siteCloses();
    },
  });
  const subjects = createSubjects(clock);
  const findings = createFindings(clock);
  const queries = createQueries(clock);
  const trailList = createTrailList(clock);
  const shippedStudy = (): Study => readStudyFolder(folders.study);
  const rehearsal = createRehearsal({ ...outside, verifier, shippedStudy });
  const amendments = createAmendments({ clock, shippedStudy });
  const demo = createDemo({
    ...{ clock, opening, cost, forms, findings, queries, studyFolder: folders.study },
    workflow: createWorkflow(clock),
    signatures: createSignatures(clock),
  });

  const newSite: Handlers['site.create'] = async ({ user, password, ...site }) => {
    session.requireClosed();
    const founder = { user, password, roles: ['administrator', 'coordinator'] } as const;
    const made = await createSite(
      { ...site, practice: false, people: [founder], study: shippedStudy() },
      migrations,
      cost,
      readMoment(clock),
    );
    session.use(site.folder);
    return made;
  };

  const newPool: Handlers['pool.create'] = async ({ folder, name, user, password }) => {
    session.requireClosed();
    const founder = { user, password, roles: ['administrator', 'data-manager'] } as const;
    const made = await createSite(
      {
        ...{ folder, siteCode: poolCode, siteName: name, practice: false, people: [founder] },
        study: shippedStudy(),
      },
      ...([migrations, cost, readMoment(clock)] as const),
    );
    session.use(folder);
    return made;
  };

  const handlers: Handlers = {
    'site.status': () => session.status(),
    'site.chooseFolder': async ({ purpose }) => {
      const folder = await host.chooseFolder(purpose);
      return folder === null ? null : { folder, isSite: isSite(folder) };
    },
    'site.create': newSite,
    'site.createPractice': async ({ folder }) => {
      session.requireClosed();
      const { people } = await demo.create(folder, null);
      session.use(folder);
      return { people };
    },
    'site.use': ({ folder }) => session.use(folder),
    'session.signIn': (input) => session.signIn(input),
    'session.lock': () => {
      session.lock();
      return null;
    },
    'session.unlock': (input) => session.unlock(input),
    'session.signOut': async () => {
      const present = session.present();
      if (present !== null) await backups.runIfChanged(present.site, present.doer, 'sign-out');
      await session.signOut();
      return null;
    },
    'session.recover': (input) => session.recover(input),
    'session.changePassword': (input) => session.changePassword(input),
    ...peopleMethods({ clock, cost }),
    'studies.current': by((_, { site }) => ({ study: site.model.study, fingerprint: site.fingerprint })),
    'amendments.preview': by((_, actor) => amendments.preview(actor)),
    'amendments.install': by(async (input, actor) => {
      const { site, user, role } = actor;
      await backups.run(site, { user, role }, 'migration');
      const installed = amendments.install(actor, input);
      await session.signOut();
      return installed;
    }),
    'subjects.list': by((input, actor) => subjects.list(actor, input)),
    'subjects.nextNumber': by((_, actor) => subjects.nextNumber(actor)),
    'subjects.enrol': by((input, actor) => subjects.enrol(actor, input)),
    'subjects.open': by((input, actor) => subjects.open(actor, input)),
    'forms.save': by((input, actor) => forms.save(actor, input)),
    'forms.removeRow': by((input, actor) => forms.removeRow(actor, input)),
    'forms.complete': by((input, actor) => forms.complete(actor, input)),
    ...createWorkflowMethods(clock, session),
    ...secondEntryHandlers(clock, forms, by),
    'findings.confirm': by((input, actor) => findings.confirm(actor, input)),
    'findings.list': by((input, actor) => findings.list(actor, input)),
    'queries.list': by((input, actor) => queries.list(actor, input)),
    'queries.count': by((_, { site }) => countQueries(site.db)),
    'queries.ofItem': by((input, actor) => queries.ofItem(actor, input)),
    'queries.open': by((input, actor) => queries.open(actor, input)),
    'queries.answer': by((input, actor) => queries.move(actor, 'answer', input)),
    'queries.reopen': by((input, actor) => queries.move(actor, 'reopen', input)),
    'queries.close': by((input, actor) => queries.move(actor, 'accept', input)),
    'audit.history': by((input, actor) => historyOf(actor, input)),
    'audit.origins': by((input, actor) => originsOf(actor, input)),
    'audit.verify': by(({ against = [] }, actor) =>
      verifier.verify(
        actor,
        against.map((head) => ({ ...head, at: 0, why: 'printed' })),
      ),
    ),
    'audit.verifyStatus': by((_, { site }) => verifier.status(site)),
    'audit.watch': by((_, actor) => trailList.watch(actor)),
    'audit.list': by((input, actor) => trailList.list(actor, input)),
    'audit.questions': by((_, actor) => trailList.questions(actor)),
    'audit.review': by((input, actor) => trailList.review(actor, input)),
    'audit.cancelVerify': by((_, { site }) => {
      verifier.cancel(site);
      return null;
    }),
    ...exportHandlers(exports, host, clock),
    'copies.chooseFile': by(async ({ order }, { site }) => {
      const file = await host.chooseCopy(copies.suggestedName(site, order));
      if (file === null) return null;
      copies.allow(file);
      return { file };
    }),
    'copies.start': by((wish, actor) => copies.startAllowed(actor, wish)),
    'copies.status': by(({ job }) => copies.status(job)),
    'copies.cancel': by(({ job }) => {
      copies.cancel(job);
      return null;
    }),
    ...survivalHandlers({ ...outside, drafts, session }),
    ...submissionHandlers({ ...outside, bundles, rehearsal }),
    ...backupHandlers({ ...outside, backups, session }),
    ...importHandlers(imports, host, by),
    ...poolHandlers({ pool, host, newPool }),
    'reports.studyTable': by((_, actor) => reports.studyTable(actor)),
    'reports.chooseFile': by(async ({ format }, { site }) => {
      const file = await host.chooseReport(reports.suggestedName(site, format), format);
      if (file === null) return null;
      reports.allow(file);
      return { file };
    }),
    'reports.write': by((input, actor) => reports.writeAllowed(actor, input)),
  };
  return {
    dispatch: createDispatch(handlers, session, fault, createNewestHead()),
    session,
    forms,
    exports,
    bundles,
    backups,
    imports,
    pool,
    pushes: createPushDesk(outside),
    reports,
    copies,
    demo,
    shippedStudy,
    fault,
  };
}
