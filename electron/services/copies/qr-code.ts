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
    .flatMap((line, y) => line.flatMap((isDark, x) => (isDark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : [])))
    .join('');
  const side = String(data.length);
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}" width="${size}" height="${size}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path fill="#000" d="${path}"/></svg>`;
}
