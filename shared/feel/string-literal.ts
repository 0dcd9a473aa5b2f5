/** The text of a string literal: quotes off, \" \\ \n \r \t and \uXXXX taken as what they stand for. */
export function readStringLiteral(written: string): string {
  return written
    .slice(1, -1)
    .replace(
      /\\(?:(["\\nrt])|u([0-9a-fA-F]{4,6}))/gu,
      (whole, simple: string | undefined, code: string | undefined) => {
        if (simple !== undefined) return escapes[simple] ?? simple;
        const point = Number.parseInt(code ?? '', 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      },
    );
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
