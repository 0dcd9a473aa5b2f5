/**
 * MANIFEST.json of a bundle: what a site hands over, by hash, and what it was taken from. The site signs exactly these bytes, so
 * that nothing in the bundle can be exchanged on the way. What the pooling centre's rules ask of a delivery is read from here.
 */
import { z } from 'zod';
import { ExportChoices } from '../export-choices.ts';

/** Raised when an older version of the application could misread a bundle. */
export const bundleVersion = 1;
export const bundleFormat = 'cahier-bundle';
export const manifestName = 'MANIFEST.json';
export const signatureName = `${manifestName}.minisig`;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

export const BundleFile = z.strictObject({
  /** With "/" between folders. */
  name: z.string().min(1).max(400),
  bytes: z.int().min(0),
  sha256: Sha256,
});
export type BundleFile = z.infer<typeof BundleFile>;

export const BundleManifest = z.strictObject({
  format: z.literal(bundleFormat),
  formatVersion: z.literal(bundleVersion),
  study: z.strictObject({ id: z.string(), version: z.string(), fingerprint: Sha256 }),
  site: z.strictObject({ code: z.string(), name: z.string(), practice: z.boolean() }),
  appVersion: z.string(),
  /** UTC, ISO 8601. */
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  /** The newest entry of the trail that changed the data, and its hash. */
  cut: z.strictObject({ seq: z.int().min(0), at: z.iso.datetime(), head: Sha256 }),
  choices: ExportChoices,
  subjects: z.int().min(0),
  /** minisign's form of the key that the manifest is signed with. */
  signer: z.string().max(100),
  files: z.array(BundleFile).min(1).max(1000),
});
export type BundleManifest = z.infer<typeof BundleManifest>;

/** As it is signed: the same facts give the same bytes. */
export function manifestText(manifest: BundleManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
