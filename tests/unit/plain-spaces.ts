/** Texts that keep number and unit together are easier to expect with a space that can be typed. */
export function withPlainSpaces<T>(value: T): T {
  // Texts stay texts and nothing else changes, so the type stays what it was.
  return JSON.parse(JSON.stringify(value).replaceAll('\u00A0', ' ')) as T;
}
