/**
 * Names that a file of a bundle may have: such as every system can hold and none can lead out of the folder that it is put into.
 * Windows takes a colon for a stream or a drive, drops points at the end of a name, and opens devices by names like "con.txt".
 */
const segment = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/u;
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu;
const deepest = 4;

export function isSafeEntryName(name: string): boolean {
  const parts = name.split('/');
  return (
    parts.length <= deepest &&
    parts.every((part) => segment.test(part) && !part.endsWith('.') && !device.test(part))
  );
}
