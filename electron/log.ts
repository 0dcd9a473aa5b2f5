/**
 * What is written about bugs. Lines hold identifiers, codes and places in the code; never a value, a name or an
 * error's own message, because messages of parsers and drivers quote what they were given.
 */
export interface Log {
  /** A bug: what a person sees of it is the reference. */
  fault(reference: string, where: string, error: unknown): void;
  note(event: string, ids?: Readonly<Record<string, string | number>>): void;
}

export function createLog(write: (line: string) => void, now: () => number): Log {
  const line = (entry: Readonly<Record<string, unknown>>): void => {
    write(JSON.stringify({ at: new Date(now()).toISOString(), ...entry }));
  };
  return {
    fault: (reference, where, error) => {
      line({ fault: reference, where, ...describe(error) });
    },
    note: (event, ids = {}) => {
      line({ event, ...ids });
    },
  };
}

/** Name, code and stack frames. The head of a stack repeats the message, so only the frames are kept. */
function describe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const frames = (error.stack ?? '').split('\n').filter((frame) => /^\s+at /u.test(frame));
  return { error: error.name, ...code, frames: frames.slice(0, 12).map((frame) => frame.trim()) };
}
