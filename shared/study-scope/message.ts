/**
 * Messages with placeholders: "Weight of {vs_wt} at {age} months". What stands in braces is an expression;
 * braces inside it (contexts) and inside its texts are its own.
 */
export type MessageSource =
  | { readonly kind: 'words'; readonly words: string }
  /** `at`: where the expression starts in the message. */
  | { readonly kind: 'expression'; readonly source: string; readonly at: number };

export type SplitMessage =
  | { readonly ok: true; readonly parts: readonly MessageSource[] }
  | { readonly ok: false; readonly at: number };

/** Not ok when a brace is opened and not closed. */
export function splitMessage(message: string): SplitMessage {
  const parts: MessageSource[] = [];
  let from = 0;
  for (let open = message.indexOf('{'); open !== -1; open = message.indexOf('{', from)) {
    const close = closingBrace(message, open);
    if (close === null) return { ok: false, at: open };
    if (open > from) parts.push({ kind: 'words', words: message.slice(from, open) });
    parts.push({ kind: 'expression', source: message.slice(open + 1, close), at: open + 1 });
    from = close + 1;
  }
  if (from < message.length) parts.push({ kind: 'words', words: message.slice(from) });
  return { ok: true, parts };
}

function closingBrace(message: string, open: number): number | null {
  let depth = 0;
  let inText = false;
  for (let at = open; at < message.length; at += 1) {
    const sign = message[at];
    if (inText && sign === '\\') at += 1;
    else if (sign === '"') inText = !inText;
    else if (inText) continue;
    else if (sign === '{') depth += 1;
    else if (sign === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return null;
}
