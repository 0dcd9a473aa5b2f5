/** The frame of every copy: one HTML document without a script, a link or anything that is fetched. */
import { escaped } from './markup.ts';
import type { CopyFacts } from './facts.ts';

const style = `
@page { size: A4; margin: 21mm 14mm 30mm; }
:root { color-scheme: light; }
body { margin: 24px auto; max-width: 182mm; padding: 0 12px; color: #1a1e21; background: #fff;
  font: 9pt/1.4 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', sans-serif; }
h1 { margin: 0 0 2mm; font-size: 17pt; line-height: 1.25; }
h2 { margin: 0 0 2mm; font-size: 14pt; line-height: 1.3; }
h3 { margin: 6mm 0 2mm; font-size: 11pt; break-after: avoid; }
h4 { margin: 4mm 0 1mm; font-size: 9.5pt; break-after: avoid; }
p { margin: 0 0 1.5mm; }
bdi { white-space: pre-wrap; }
.quiet, small { color: #4c545a; }
small { font-size: 7.5pt; }
.new-page { break-before: page; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 0.55mm 1.5mm; text-align: left; vertical-align: top; border-bottom: 0.4pt solid #d8dad6; overflow-wrap: anywhere; }
th { font-weight: 400; }
thead th { font-size: 8pt; color: #4c545a; border-bottom: 0.8pt solid #1a1e21; }
.facts th { width: 30%; color: #4c545a; }
.list { margin: 0 0 4mm; }
.form { margin: 0 0 6mm; table-layout: fixed; }
.form .running th { padding: 1.2mm 1.5mm; color: #1a1e21; background: #eceeeb; font-size: 9pt; border-bottom: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.form .running .where { color: #4c545a; }
.state { float: right; padding-left: 4mm; }
.group th { padding-top: 2.2mm; font-weight: 600; break-after: avoid; }
.row th { padding-top: 1.6mm; font-size: 8pt; font-weight: 600; border-bottom-color: #868c91; break-after: avoid; }
.label { width: 37%; }
col.last { width: 32%; }
td.last { font-size: 7.5pt; color: #4c545a; }
.given { font-weight: 600; }
.none { color: #4c545a; font-style: italic; }
.struck { text-decoration: line-through; font-weight: 400; }
.mark td { padding-left: 6mm; font-size: 8pt; border-bottom-style: dotted; }
.mark b.hard { border-bottom: 1.2pt solid #1a1e21; }
.past td { padding: 0.3mm 1.5mm 0.3mm 6mm; font-size: 7.5pt; color: #31373b; border-bottom: 0; }
.form.grid { table-layout: auto; font-size: 7.5pt; }
.grid th, .grid td { padding: 0.55mm 1mm; overflow-wrap: break-word; }
.grid tr:not(.running) > th { font-size: 7pt; }
.grid small { font-size: 6pt; }
.grid td.last { min-width: 27mm; font-size: 6.5pt; }
.grid .mark td { padding-left: 8mm; font-size: 7.5pt; }
.grid .past td { padding-left: 8mm; font-size: 7pt; }
tr.long { break-inside: auto; }
.box { margin: 0 0 3mm; padding: 2.5mm 3mm; border: 0.8pt solid #1a1e21; break-inside: avoid; }
.box h3 { margin-top: 0; }
.sign { display: flex; gap: 6mm; margin: 8mm 0 0; }
.sign div { flex: 1; padding-top: 1mm; border-top: 0.5pt solid #1a1e21; font-size: 7.5pt; color: #4c545a; }
.head { display: flex; gap: 5mm; align-items: center; }
code { font-family: ui-monospace, 'DejaVu Sans Mono', 'Liberation Mono', monospace; font-size: 8pt; overflow-wrap: anywhere; }
ol, ul { margin: 0 0 2mm; padding-left: 5mm; }
svg { flex: none; }
.practice { margin: 0 0 3mm; padding: 1.5mm 3mm; border: 1.2pt dashed #1a1e21; font-weight: 600; }
.cells { letter-spacing: 0; white-space: nowrap; }
.cell { display: inline-block; width: 5mm; height: 6mm; margin-right: -0.5pt; border: 0.6pt solid #1a1e21; color: #9aa0a4; font-size: 6.5pt; line-height: 6mm; text-align: center; vertical-align: middle; }
.gap { display: inline-block; min-width: 2.5mm; text-align: center; vertical-align: middle; }
.tick { display: inline-block; width: 3.2mm; height: 3.2mm; margin-right: 1mm; border: 0.6pt solid #1a1e21; vertical-align: -0.4mm; }
.tick.one { border-radius: 50%; }
.hint { display: block; }
.choice { display: inline-block; margin-right: 4mm; white-space: normal; }
.line { display: block; height: 6.5mm; border-bottom: 0.5pt solid #1a1e21; }
.paper td, .paper th { padding-top: 1.3mm; padding-bottom: 1.3mm; }
.paper .label { width: 40%; }
.note { display: block; color: #1c4f7c; font-size: 7.5pt; }
.note code { font-size: 7.5pt; }
.variable { padding: 0 1mm; border: 0.5pt solid #1c4f7c; font-weight: 600; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
`;

export function openDocument(facts: CopyFacts, moreStyle: string): string {
  return `<!doctype html>
<html lang="${facts.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>${escaped(facts.title)}</title>
<style>${style}${moreStyle}</style>
</head>
<body>
`;
}

export const closeDocument = '</body>\n</html>\n';
