/**
 * A practice site with sample children, entered through the one write path from the data beside the study: a few to practise
 * on, or those of the replica, whose report gives the study's published results again.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { roleFor, roles } from '#shared/permissions.ts';
import type { Change } from '#shared/record.ts';
import { moveOf } from '#shared/workflow.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../clock.ts';
import { unlockByPassword, readKeyring, type ScryptCost } from '../db/keyring.ts';
import { lockSite } from '../db/site-lock.ts';
import type { FindingsService } from './findings.ts';
import type { FormsService } from './forms.ts';
import type { SignaturesService } from './signatures.ts';
import type { QueriesService } from './queries.ts';
import { createSite, openSite, removeSite, requireFolder, type SiteOpening } from './site-folder.ts';
import type { Actor } from './site.ts';
import { readStudyFolder } from './studies.ts';
import type { WorkflowService } from './workflow.ts';

export interface DemoPerson {
  readonly user: string;
  readonly role: string;
  readonly password: string;
}

/** The folder beside the study that holds the children. */
export type SampleChildren = 'demo' | 'replica';

export interface DemoService {
  /** Who works at a practice site unless somebody else is named; the password is no secret. */
  readonly usualPerson: { readonly user: string; readonly password: string };
  /** `password`, when given, is the usual person's. */
  create(
    folder: string,
    password: string | null,
    children?: SampleChildren,
  ): Promise<{ site: string; people: readonly DemoPerson[]; subjects: number }>;
}

const SampleSite = z.object({ siteCode: z.string(), siteName: z.string() });

const DemoSite = z.strictObject({
  ...SampleSite.shape,
  /** The first is the usual person, and enters the children; the same work at a replica. */
  people: z
    .array(z.strictObject({ user: z.string(), roles: z.array(z.enum(roles)).min(1), password: z.string() }))
    .min(1),
});
type DemoSite = z.infer<typeof DemoSite>;

/** The answers to one row of a form, as they are typed; `complete` closes the form once its neighbouring lines are in. */
const DemoLine = z.strictObject({
  subject: z.string(),
  event: z.string(),
  form: z.string(),
  row: z.int().default(1),
  answers: z.record(z.string(), z.string()),
  complete: z.boolean().default(false),
});
type DemoLine = z.infer<typeof DemoLine>;

/** A soft finding that the site has looked at, with the reason. */
const DemoConfirmation = z.strictObject({
  subject: z.string(),
  event: z.string(),
  form: z.string(),
  row: z.int(),
  item: z.string(),
  check: z.string(),
  confirm: z.string(),
});
type DemoConfirmation = z.infer<typeof DemoConfirmation>;

/** A visit or a form that was reviewed: each step by a person whose role allows it. */
const DemoStep = z.strictObject({
  subject: z.string(),
  event: z.string(),
  form: z.string().optional(),
  step: z.enum(['verify', 'sign', 'lock']),
});
type DemoStep = z.infer<typeof DemoStep>;

/** A question of the monitor, with the site's answer where it has one. */
const DemoQuery = z.strictObject({
  subject: z.string(),
  event: z.string(),
  form: z.string(),
  row: z.int(),
  item: z.string(),
  text: z.string(),
  answer: z.string().optional(),
});

const SampleLine = z.union([DemoLine, DemoConfirmation, DemoStep]);
type SampleLine = z.infer<typeof SampleLine>;

const words: Readonly<Record<SampleChildren, string>> = { demo: 'practice site', replica: 'replica' };

interface DemoOutside {
  readonly clock: Clock;
  readonly opening: SiteOpening;
  readonly cost: ScryptCost;
  readonly forms: FormsService;
  readonly findings: FindingsService;
  readonly workflow: WorkflowService;
  readonly signatures: SignaturesService;
  readonly queries: QueriesService;
  readonly studyFolder: string;
}

export function createDemo(outside: DemoOutside): DemoService {
  const { clock, opening, cost, forms, findings, queries, studyFolder } = outside;
  const sampleFile = (children: SampleChildren, name: string): string =>
    readFileSync(path.join(studyFolder, children, name), 'utf8');
  /** Empty for children about whom nobody asked anything. */
  const readQueries = (children: SampleChildren): readonly z.infer<typeof DemoQuery>[] =>
    existsSync(path.join(studyFolder, children, 'queries.jsonl'))
      ? toLines(sampleFile(children, 'queries.jsonl')).map((line) => DemoQuery.parse(JSON.parse(line)))
      : [];
  const readSite = (): DemoSite => DemoSite.parse(JSON.parse(sampleFile('demo', 'site.json')));
  const usual = ({ people }: DemoSite): DemoSite['people'][number] => {
    const [first] = people;
    if (first === undefined) throw new Error('the practice site has no people');
    return first;
  };

  return {
    get usualPerson() {
      const { user, password } = usual(readSite());
      return { user, password };
    },
    create: async (folder, password, children = 'demo') => {
      requireFolder(folder);
      if (!existsSync(path.join(studyFolder, children)))
        throw refuse('not-available', { what: `A ${words[children]} of this study` });
      const { people } = readSite();
      const { siteCode, siteName } = SampleSite.parse(JSON.parse(sampleFile(children, 'site.json')));
      const [first, ...others] = people;
      if (first === undefined) throw new Error('the practice site has no people');
      const founder = { ...first, password: password ?? first.password };
      const all = [founder, ...others] as const;
      await createSite(
        {
          folder,
          siteCode,
          siteName,
          practice: true,
          people: [founder, ...others],
          study: readStudyFolder(studyFolder),
        },
        opening.migrations,
        cost,
        readMoment(clock),
      );
      let subjects: number;
      try {
        subjects = await enterChildren(folder, all, sampleFile(children, 'children.jsonl'), (actor) => {
          const asking = all.find((person) => person.roles.includes('monitor')) ?? founder;
          for (const { text, answer, ...place } of readQueries(children)) {
            const { subject } = place;
            const { id } = queries.open({ ...actor, user: asking.user, role: 'monitor' }, { ...place, text });
            if (answer !== undefined) queries.move(actor, 'answer', { subject, query: id, text: answer });
          }
        });
      } catch (error) {
        removeSite(folder);
        throw error;
      }
      return {
        site: siteCode,
        people: all.map((person) => ({
          user: person.user,
          role: person.roles.join(', '),
          password: person.password,
        })),
        subjects,
      };
    },
  };

  async function enterChildren(
    folder: string,
    people: readonly [DemoSite['people'][number], ...DemoSite['people']],
    children: string,
    then: (actor: Actor) => void,
  ): Promise<number> {
    const [{ user, password }] = people;
    const siteLock = lockSite(folder, user, toIsoUtc(clock.now()));
    try {
      const unlocked = await unlockByPassword(readKeyring(folder), user, password);
      if (unlocked === null) throw refuse('wrong-password');
      const site = openSite(folder, unlocked.key, opening, clock.now());
      try {
        const actor: Actor = { site, user, role: 'coordinator' };
        const lines = toLines(children).map((line) => SampleLine.parse(JSON.parse(line)));
        for (const block of toBlocks(lines)) {
          if ('step' in block) takeStep(outside, site, people, block);
          else if ('confirm' in block) confirm(findings, actor, block);
          else enterVisit(forms, actor, block);
          // The window goes on answering meanwhile.
          await nextTurn();
        }
        then(actor);
        return site.finder.find('', 0, 1).total;
      } finally {
        site.db.close();
      }
    } finally {
      siteLock.release();
    }
  }
}

function toLines(file: string): readonly string[] {
  return file.split('\n').filter((line) => line !== '');
}

/** Neighbouring lines of one visit are one save, as when its page is filled. */
function toBlocks(
  lines: readonly SampleLine[],
): readonly (readonly DemoLine[] | DemoConfirmation | DemoStep)[] {
  const blocks: (DemoLine[] | DemoConfirmation | DemoStep)[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if ('confirm' in line || 'step' in line) blocks.push(line);
    else if (Array.isArray(last) && last[0]?.subject === line.subject && last[0].event === line.event)
      last.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

function enterVisit(forms: FormsService, actor: Actor, lines: readonly DemoLine[]): void {
  const [first] = lines;
  if (first === undefined) return;
  const changes = lines.flatMap(({ event, form, row, answers }) =>
    Object.entries(answers).map(([item, value]): Change => ({ event, form, row, item, value })),
  );
  forms.enterAll(
    actor,
    first.subject,
    changes,
    lines.filter(({ complete }) => complete),
  );
}

function takeStep(
  { workflow, signatures }: DemoOutside,
  site: Actor['site'],
  people: readonly DemoSite['people'][number][],
  { subject, event, form, step }: DemoStep,
): void {
  const { verb } = moveOf(step);
  const scope = { subject, event, form: form ?? null };
  const [by] = people.flatMap(({ user, roles: granted }): readonly Actor[] => {
    const role = roleFor(verb, granted);
    return role === null ? [] : [{ site, user, role }];
  });
  if (by === undefined) throw new Error(`nobody at the practice site may ${verb}`);
  if (step === 'sign') signatures.sign(by, scope, 'reviewed', undefined);
  else workflow.move(by, step, scope);
}

function confirm(
  findings: FindingsService,
  actor: Actor,
  { confirm: reason, ...place }: DemoConfirmation,
): void {
  findings.confirm(actor, { ...place, reason });
}
