/**
 * The margins of every page, as Chromium prints them: it draws both in documents of their own, which know neither the
 * page's styles nor where on it they are. So the head and the maker stand here, and subject and form in the head of each
 * table, which is repeated wherever the table goes on. (CSS can do both from Chromium 131 on; Electron 33 has 130.)
 */
import { grouped, escaped } from './markup.ts';
import { headCode, qrSvg } from './qr-code.ts';
import { madeWords, makerWords, sayOf, siteWords, studyWords, type CopyFacts } from './facts.ts';

export interface Margins {
  readonly header: string;
  readonly footer: string;
}

const band =
  "width:100%;margin:0 14mm;font:7.5pt/1.3 system-ui,'Segoe UI','Noto Sans','Liberation Sans',sans-serif;color:#1a1e21;-webkit-print-color-adjust:exact;display:flex;justify-content:space-between;";
const hashFont = "font:7pt/1.3 ui-monospace,'DejaVu Sans Mono','Liberation Mono',monospace;";

export function printedMargins(facts: CopyFacts): Margins {
  const say = sayOf(facts);
  const practice = facts.practice
    ? ` · <b>${facts.language === 'fr' ? 'CENTRE D’ENTRAÎNEMENT' : 'PRACTICE SITE'}</b>`
    : '';
  const header = `<div style="${band}align-items:flex-end;padding-bottom:1.5mm;border-bottom:0.5pt solid #868c91;">
<div><b>${escaped(facts.title)}</b>${practice}<br>${escaped(studyWords(facts))} · ${escaped(say('site'))} ${escaped(siteWords(facts))}</div>
<div style="text-align:right;white-space:nowrap;padding-left:6mm;">${escaped(madeWords(facts))}<br>${escaped(`${say('madeBy')} ${makerWords(facts)} · Cahier ${facts.appVersion}`)}</div>
</div>`;
  const [first, second] = [grouped(facts.head.hash.slice(0, 32)), grouped(facts.head.hash.slice(32))];
  const footer = `<div style="${band}align-items:flex-end;">
<div style="display:flex;align-items:center;">${qrSvg(headCode(facts.head), '21mm', 'QR')}<div style="padding-left:2mm;">${escaped(say('head'))}, ${escaped(say('entry'))} ${String(facts.head.seq)}<br><span style="${hashFont}">${first}<br>${second}</span></div></div>
<div style="text-align:right;white-space:nowrap;">${escaped(say('page'))} <span class="pageNumber"></span> / <span class="totalPages"></span></div>
</div>`;
  return { header, footer };
}

/** For a page that a browser prints: newer ones put this into the margins; older ones leave them empty. */
export function browserMargins(facts: CopyFacts): string {
  const say = sayOf(facts);
  const quoted = (text: string): string => `"${text.replace(/[^\p{L}\p{N} .,:()/·’-]/gu, ' ')}"`;
  const line = `${say('head')}, ${say('entry')} ${String(facts.head.seq)}:`;
  return `@page {
  @top-left { content: ${quoted(facts.title)}; font-size: 8pt; }
  @top-right { content: ${quoted(madeWords(facts))}; font-size: 8pt; }
  @bottom-left { content: ${quoted(line)} "\\A" ${quoted(facts.head.hash)}; font-size: 7pt; white-space: pre; }
  @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; }
}`;
}
