/** Two things of one id, and ids that already mean something else. */
import type { StudyFault } from '../../study-model.ts';
import type { Study } from '../../study.ts';
import type { Path } from '../paths.ts';
import { reservedNames } from '../scope-names.ts';
import { yesNo, yesNoUnknown } from '../yes-no.ts';

export interface Named {
  readonly id: string;
  readonly path: Path;
}

export function findIdFaults(study: Study): readonly StudyFault[] {
  const at = (key: keyof Study, all: readonly { readonly id: string }[]): readonly Named[] =>
    all.map(({ id }, position) => ({ id, path: [key, position, 'id'] }));
  const groups = study.forms.flatMap((form, f) =>
    form.groups.map((group, g): Named => ({ id: group.id, path: ['forms', f, 'groups', g, 'id'] })),
  );
  const items = study.forms.flatMap((form, f) =>
    form.groups.flatMap((group, g) =>
      group.items.map((item, i): Named => ({
        id: item.id,
        path: ['forms', f, 'groups', g, 'items', i, 'id'],
      })),
    ),
  );
  const anchors = at('anchors', study.anchors);
  return [
    ...twice('forms', at('forms', study.forms)),
    ...twice('item groups', groups),
    ...twice('items', items),
    ...twice('anchors', anchors),
    ...twice('events', at('events', study.events)),
    ...twice('code lists', at('codeLists', study.codeLists)),
    ...twice('analytes', at('analytes', study.analytes)),
    ...twice('growth tables', at('growth', study.growth)),
    ...twice('lookup tables', at('lookups', study.lookups)),
    ...twice('checks', at('checks', study.checks)),
    ...twice('classifications', at('classifications', study.classifications)),
    ...twice('pictures', at('pictures', study.pictures)),
    ...study.codeLists.flatMap((list, position) =>
      twice(
        `codes of ${list.id}`,
        list.codes.map(({ code }, c) => ({ id: code, path: ['codeLists', position, 'codes', c, 'code'] })),
      ),
    ),
    ...anchors
      .filter(({ id }) => items.some((item) => item.id === id))
      .map(({ id, path }) => ({ path, message: `"${id}" is the id of an item too` })),
    ...[...items, ...anchors]
      .filter(({ id }) => reservedNames.has(id))
      .map(({ id, path }) => ({ path, message: `"${id}" has a meaning of its own in expressions` })),
    ...at('codeLists', study.codeLists)
      .filter(({ id }) => id === yesNo.id || id === yesNoUnknown.id)
      .map(({ id, path }) => ({ path, message: `"${id}" is the list that the yes-or-no types bring along` })),
  ];
}

/** The second and every further one of an id. */
export function twice(what: string, all: readonly Named[]): readonly StudyFault[] {
  const seen = new Set<string>();
  return all
    .filter(({ id }) => seen.has(id) || !seen.add(id))
    .map(({ id, path }) => ({ path, message: `two ${what} have the id "${id}"` }));
}
