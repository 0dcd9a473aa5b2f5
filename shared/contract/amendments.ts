/** The study definition of a site: which versions were installed, and what the one that the application brings would change. */
import { z } from 'zod';
import type { DefinitionChange, Impact } from '../amendment.ts';
import { Nothing, Reason, gives } from './method.ts';

export interface InstalledVersion {
  readonly version: string;
  readonly fingerprint: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly user: string;
  readonly reason: string | null;
}

export interface OfferedVersion {
  readonly version: string;
  readonly fingerprint: string;
  readonly changes: readonly DefinitionChange[];
  /** Of the subjects for whom anything would be another. */
  readonly impacts: readonly Impact[];
  /** Why it can't be installed; null when it can. */
  readonly obstacle: 'notNewer' | 'losesAnswers' | null;
}

export interface StudyVersions {
  /** Oldest first; the last one is in force. */
  readonly installed: readonly InstalledVersion[];
  readonly subjects: number;
  /** null when the application brings the definition that is in force. */
  readonly offered: OfferedVersion | null;
}

export const amendmentMethods = {
  'amendments.preview': gives<StudyVersions>()('subjects.read', Nothing),
  /** Installs the offered definition, works everything out anew, and signs out: the next sign-in works with it. */
  'amendments.install': gives<{ version: string }>()(
    'studies.amend',
    z.strictObject({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/), reason: Reason }),
  ),
} as const;
