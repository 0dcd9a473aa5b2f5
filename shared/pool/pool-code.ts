/** The code of a pooled folder where a site has its own: no site can have it, and every entry of the pool's trail names it. */
import type { Verb } from '../permissions.ts';

export const poolCode = 'POOL';

export const isPool = (siteCode: string): boolean => siteCode === poolCode;

/** Pooled values are corrected at their site: whoever works on the pool takes in, decides, reads and hands on. */
const verbsOfPool: ReadonlySet<Verb> = new Set<Verb>([
  'subjects.read',
  'audit.read',
  'audit.review',
  'exports.run',
  'copies.print',
  'backups.run',
  'backups.restore',
  'people.manage',
  'settings.change',
  'pool.receive',
  'pool.decide',
]);

/** Whether the verb has a meaning in the folder, whoever asks. */
export function isOfFolder(verb: Verb, siteCode: string): boolean {
  return isPool(siteCode) ? verbsOfPool.has(verb) : !verb.startsWith('pool.');
}
