/** A password to be handed over on paper: four groups of four characters that can't be mistaken for each other, 79 bits. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const size = 4;

export function suggestPassword(): string {
  const characters = Array.from({ length: groups * size }, drawn).join('');
  return Array.from({ length: groups }, (_, group) =>
    characters.slice(group * size, (group + 1) * size),
  ).join('-');
}

/** Each character is as likely as every other: bytes beyond the last whole multiple are thrown away. */
function drawn(): string {
  const fair = 256 - (256 % alphabet.length);
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < fair) return alphabet.charAt(byte % alphabet.length);
  }
}
