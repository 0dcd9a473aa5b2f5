/** Moving the keyboard through the fields of a form, in the order in which they stand. */

export function entryFields(root: ParentNode): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('[data-entry]')].filter(
    (field) => field.offsetParent !== null,
  );
}

/** The field after (or before) the one that holds the focus; false at the end of the form. */
export function focusNext(root: ParentNode, back: boolean): boolean {
  const fields = entryFields(root);
  // A row of choices holds the focus on any of its choices; only one of them is where the keyboard stops.
  const here = document.activeElement?.closest('[data-field]') ?? null;
  const at = here === null ? -1 : fields.findIndex((field) => here.contains(field));
  const next = fields[at === -1 ? 0 : at + (back ? -1 : 1)];
  next?.focus();
  return next !== undefined;
}

/** Puts the focus into the control of a field, whatever kind of control it is. */
export function focusField(id: string, scrolls = true): boolean {
  const control = document.getElementById(id);
  if (control === null) return false;
  const target = control.matches('input, textarea, output')
    ? control
    : (control.querySelector<HTMLElement>('[tabindex="0"]') ?? control);
  if (!target.matches('input, textarea, button, [tabindex]')) target.tabIndex = -1;
  target.focus();
  if (scrolls) control.scrollIntoView({ block: 'center' });
  return true;
}
