/**
 * Which forms are entered a second time. Drawn from a secret of the site and the place of the form: the same form is
 * always drawn the same, by whatever order forms are completed in, and nobody who types can know it beforehand.
 */
import type { Sha256 } from '../audit.ts';
import type { Study } from '../study.ts';

export interface DrawnForm {
  readonly subject: string;
  readonly event: string;
  readonly form: string;
}

/** What the share is compared with: from 0 up to and without 1, evenly. */
export function drawNumber({ subject, event, form }: DrawnForm, secret: string, sha256: Sha256): number {
  // 52 bits: as many as a number between 0 and 1 holds.
  return Number.parseInt(sha256([secret, subject, event, form].join('|')).slice(0, 13), 16) / 2 ** 52;
}

/** 1 for the forms that the study names; of the others the greater of what study and site ask for. */
export function shareOf(study: Pick<Study, 'doubleEntry'>, form: string, siteShare: number): number {
  const asked = study.doubleEntry;
  if (asked?.forms.includes(form) === true) return 1;
  return Math.max(asked?.share ?? 0, siteShare);
}
