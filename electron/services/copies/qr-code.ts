/** The head of the trail as a QR code: what a telephone reads from paper is what `cahier verify` is asked about. */
import { encode } from 'uqr';

/** "cahier:1234:0f3a…": entry and its SHA-256. */
export function headCode(head: { readonly seq: number; readonly hash: string }): string {
  return `cahier:${String(head.seq)}:${head.hash}`;
}

/** One path in a square; a module is one unit, with the quiet zone of four that readers need. */
export function qrSvg(text: string, size: string, label: string): string {
  const { data } = encode(text, { ecc: 'M', border: 4 });
  const path = data
    .flatMap((line, y) =>
      runs(line).map(([x, length]) => `M${String(x)} ${String(y)}h${String(length)}v1h-${String(length)}z`),
    )
    .join('');
  const side = String(data.length);
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}" width="${size}" height="${size}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path fill="#000" d="${path}"/></svg>`;
}

/** Where dark modules begin in a line, and how many follow each other. */
function runs(line: readonly boolean[]): readonly (readonly [from: number, length: number])[] {
  return line.flatMap((isDark, x) => {
    if (!isDark || line[x - 1] === true) return [];
    const end = line.indexOf(false, x);
    return [[x, (end === -1 ? line.length : end) - x] as const];
  });
}
