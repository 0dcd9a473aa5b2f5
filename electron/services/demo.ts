/** A practice site with sample children, entered through the one write path from the data beside the study. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { roles } from '#shared/permissions.ts';
import type { Change } from '#shared/record.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../clock.ts';
import { unlockByPassword, readKeyring, type ScryptCost } from '../db/keyring.ts';
import { lockSite } from '../db/site-lock.ts';
import type { FormsService } from './forms.ts';
import { createSite, openSite, removeSite, requireFolder, type SiteOpening } from './site-folder.ts';
import type { Actor } from './site.ts';
import { readStudyFolder } from './studies.ts';

export interface DemoPerson {
  readonly user: string;
  readonly role: string;
  readonly password: string;
}

export interface DemoService {
  /** Who works at a practice site unless somebody else is named; the password is no secret. */
  readonly usualPerson: { readonly user: string; readonly password: string };
  /** `password`, when given, is the usual person's. */
  create(
    folder: string,
    password: string | null,
  ): Promise<{ site: string; people: readonly DemoPerson[]; subjects: number }>;
}

const DemoSite = z.strictObject({
  siteCode: z.string(),
  siteName: z.string(),
  /** The first is the usual person, and enters the children. */
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

interface DemoOutside {
  readonly clock: Clock;
  readonly opening: SiteOpening;
  readonly cost: ScryptCost;
  readonly forms: FormsService;
  readonly studyFolder: string;
}

export function createDemo({ clock, opening, cost, forms, studyFolder }: DemoOutside): DemoService {
  const demoFile = (name: string): string => readFileSync(path.join(studyFolder, 'demo', name), 'utf8');
  const readSite = (): DemoSite => DemoSite.parse(JSON.parse(demoFile('site.json')));
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
    create: async (folder, password) => {
      requireFolder(folder);
      if (!existsSync(path.join(studyFolder, 'demo')))
        throw refuse('not-available', { what: 'A practice site of this study' });
      const { siteCode, siteName, people } = readSite();
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
        subjects = await enterChildren(folder, founder);
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
    { user, password }: { user: string; password: string },
  ): Promise<number> {
    const siteLock = lockSite(folder, user, toIsoUtc(clock.now()));
    try {
      const unlocked = await unlockByPassword(readKeyring(folder), user, password);
      if (unlocked === null) throw refuse('wrong-password');
      const site = openSite(folder, unlocked.key, opening, clock.now());
      try {
        const actor: Actor = { site, user, role: 'coordinator' };
        const lines = demoFile('children.jsonl')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => DemoLine.parse(JSON.parse(line)));
        for (const block of toBlocks(lines)) {
          enterBlock(forms, actor, block);
          // The window goes on answering meanwhile.
          await nextTurn();
        }
        return site.finder.find('', 0, 1).total;
      } finally {
        site.db.close();
      }
    } finally {
      siteLock.release();
    }
  }
}

/** Neighbouring lines of one form are one save, as when a page is filled. */
function toBlocks(lines: readonly DemoLine[]): readonly (readonly DemoLine[])[] {
  const blocks: DemoLine[][] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    const [before] = last ?? [];
    if (
      last !== undefined &&
      before?.subject === line.subject &&
      before.event === line.event &&
      before.form === line.form
    )
      last.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

function enterBlock(forms: FormsService, actor: Actor, block: readonly DemoLine[]): void {
  const [first] = block;
  if (first === undefined) return;
  const { subject, event, form } = first;
  const changes = block.flatMap(({ row, answers }) =>
    Object.entries(answers).map(([item, value]): Change => ({ event, form, row, item, value })),
  );
  forms.enterAll(actor, subject, changes);
  if (block.some(({ complete }) => complete)) forms.complete(actor, { subject, event, form });
}
