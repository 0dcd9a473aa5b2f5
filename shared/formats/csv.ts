/**
 * CSV by RFC 4180: comma, CRLF at the end of a record, quotes where they are needed. A line feed may stand within a
 * text, a return never does, so that a program that ends records at CRLF alone (SAS with TERMSTR=CRLF) reads it too.
 */

/**
 * Excel takes UTF-8 only by this mark. It stands before the header alone, and every loader skips the header: R, SAS,
 * SPSS and Stata name the columns themselves.
 */
export const byteOrderMark = '\uFEFF';
export const recordEnd = '\r\n';

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe before it, and so does one that looks as if it had
 * got one already, so that taking a single apostrophe away gives the text back. A mark that stands alone ("=" as a
 * relation) calculates nothing and stays.
 *
 * | text    | in the file |
 * |---------|-------------|
 * | =1+1    | '=1+1       |
 * | '=1+1   | ''=1+1      |
 * | -5 °C   | '-5 °C      |
 * | =       | =           |
 * | 'tis    | 'tis        |
 */
export function escapeFormula(text: string): string {
  return looksRun.test(text) ? `'${text}` : text;
}

export function undoFormulaEscape(text: string): string {
  return /^'+[=+\-@\t\r]./su.test(text) ? text.slice(1) : text;
}

const looksRun = /^'*[=+\-@\t\r]./su;

/** A field of a record, quoted where it has to be; SAS would take an apostrophe at its beginning for a quote. */
export function csvField(text: string): string {
  return /[",\r\n]|^[\s']|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
