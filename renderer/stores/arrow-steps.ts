/** What an arrow key, Home or End asks for in a map or a picture that one field of the keyboard walks. */
export type Step = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

const steps: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
};

/** null for any other key, and for keys that go with Alt or Ctrl: they belong to the page. */
export function stepOf(event: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey'>): Step | null {
  return event.altKey || event.ctrlKey ? null : (steps[event.key] ?? null);
}
