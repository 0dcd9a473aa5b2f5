/** Texts as a file of any format can hold them. */

/** Characters that XML 1.0 has no way to hold, those that a parser changes (CR), and what reads like their escape. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const unfit = /[\u0000-\u0008\u000B-\u001F\u007F\uFFFE\uFFFF]|_x[0-9A-Fa-f]{4}_/u;
const everyUnfit = new RegExp(unfit, 'gu');

/**
 * The text as it can stand in a cell: ECMA-376 part 1, 22.9.2.19 writes what XML can't hold as _xHHHH_. Programs that
 * know it show the character, others the escape. The formats beside the workbook say the same, so that one text is one
 * text in all of them. Half of a surrogate pair is no character: it becomes U+FFFD, as in any UTF-8 file.
 */
export function fitText(text: string): string {
  if (!unfit.test(text)) return text.toWellFormed();
  return text
    .toWellFormed()
    .replace(everyUnfit, (found) =>
      found.length > 1
        ? `_x005F${found}`
        : `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
}
