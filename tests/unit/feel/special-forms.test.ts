import { describe, expect, it } from 'vitest';
import { compile, type Environment, type SpecialForm } from '#shared/feel/compile.ts';
import type { FeelContext, FeelValue } from '#shared/feel/value.ts';
import { faultsOf } from './expr.ts';

/** A ward with beds: `rows(BEDS)` lists them, `all(weight)` lists one field, `shelf("A")` takes a literal. */
interface Ward {
  readonly limit: FeelValue;
  readonly beds: readonly Readonly<Record<string, FeelValue>>[];
}

const fields = new Set(['weight', 'name', 'limit']);

const rows: SpecialForm<Ward> = ([group, ...rest]) => {
  if (group?.name !== 'BEDS' || rest.length > 0) return { fault: 'rows(…) takes the name of a group' };
  return {
    fields,
    read: (ward) =>
      ward.beds.map((bed): FeelContext => ({ kind: 'context', entries: new Map(Object.entries(bed)) })),
  };
};
const all: SpecialForm<Ward> = ([item]) => {
  const name = item?.name ?? null;
  if (name === null || !fields.has(name)) return { fault: 'all(…) takes the name of an item' };
  return { read: (ward) => ward.beds.map((bed) => bed[name] ?? null) };
};
const shelf: SpecialForm<Ward> = ([letter]) =>
  typeof letter?.literal === 'string'
    ? { read: () => letter.literal }
    : { fault: 'shelf(…) takes a letter in quotation marks' };
const twice: SpecialForm<Ward> = ([argument]) => {
  const read = argument?.read;
  if (read === undefined || read === null) return { fault: 'twice(…) takes a value that can be read' };
  return { read: (ward) => [read(ward), read(ward)] };
};

const environment: Environment<Ward> = {
  resolve: (name) => (name === 'limit' ? (ward) => ward.limit : null),
  special: new Map(Object.entries({ rows, all, shelf, twice })),
};
const ward: Ward = {
  limit: 10,
  beds: [
    { name: 'A', weight: 9.5 },
    { name: 'B', weight: null },
    { name: 'C', weight: 32 },
  ],
};

function worth(source: string): FeelValue | readonly string[] {
  const compiled = compile(source, environment);
  return compiled.ok ? compiled.expression.read(ward) : faultsOf(compiled);
}

describe('A special form', () => {
  it('sees the names of its arguments', () => {
    expect(worth('all(weight)')).toEqual([9.5, null, 32]);
    expect(worth('max(all(weight))')).toBe(32);
  });

  it('hides the built-in of its name', () => {
    expect(worth('all([true])')).toEqual(['1:1 all(…) takes the name of an item']);
  });

  it('sees the value of a literal', () => {
    expect(worth('shelf("A")')).toBe('A');
    expect(worth('shelf(limit)')).toEqual(['1:1 shelf(…) takes a letter in quotation marks']);
  });

  it('can read its arguments, those that are variables of the expression too', () => {
    expect(worth('twice(limit + 1)')).toEqual([11, 11]);
    expect(worth('twice(limit)')).toEqual([10, 10]);
    expect(worth('for x in [1, 2] return twice(x)')).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(worth('twice(nothing)')).toEqual(['1:1 twice(…) takes a value that can be read']);
  });

  it('is refused at the call, and a fault in an argument counts before', () => {
    expect(worth('1 + rows(CHAIRS)')).toEqual(['1:5 rows(…) takes the name of a group']);
    expect(worth('twice(nothing + 1)')).toEqual(['1:7 there is no “nothing” that can be read here']);
    expect(worth('rows(group: BEDS)')).toEqual(['1:1 rows(…) takes its arguments by position']);
  });

  it('adds the names of its arguments to those of the expression', () => {
    const compiled = compile('rows(BEDS)[weight > limit].name', environment);
    expect(compiled.ok && [...compiled.expression.names]).toEqual(['BEDS']);
    const other = compile('count(all(weight)) > limit', environment);
    expect(other.ok && [...other.expression.names]).toEqual(['weight', 'limit']);
  });
});

describe('Fields of the contexts that a special form gives', () => {
  it('are names in a filter, before names of the environment', () => {
    expect(worth('rows(BEDS)[weight > 10].name')).toEqual(['C']);
    expect(worth('count(rows(BEDS)[limit = 10])')).toBe(0);
    expect(worth('rows(BEDS)[item.weight = null].name')).toEqual(['B']);
    expect(worth('count(rows(BEDS)[weight != null])')).toBe(2);
  });

  it('are known to loops, to paths, and through functions that keep the elements', () => {
    expect(worth('for bed in rows(BEDS) return bed.weight')).toEqual([9.5, null, 32]);
    expect(worth('some bed in rows(BEDS) satisfies bed.weight < limit')).toBe(true);
    expect(worth('last(rows(BEDS)[weight != null]).name')).toBe('C');
    expect(worth('rows(BEDS)[1].name')).toBe('A');
    expect(worth('concatenate(rows(BEDS), rows(BEDS))[weight > 10].name')).toEqual(['C', 'C']);
    expect(worth('(if limit > 3 then rows(BEDS) else null)[weight > 10].name')).toEqual(['C']);
    expect(worth('coalesce(null, last(rows(BEDS))).name')).toBe('C');
    expect(worth('sort(rows(BEDS)[weight != null], function(a, b) a.weight > b.weight)[1].name')).toBe('C');
    expect(worth('rows(BEDS)[weight != null][weight < 10].name')).toEqual(['A']);
  });

  it('are all that can be used: anything else is a fault at its place', () => {
    expect(worth('rows(BEDS)[height > 10]')).toEqual(['1:12 there is no “height” that can be read here']);
    expect(worth('rows(BEDS).height')).toEqual(['1:12 there is no field “height” here']);
    expect(worth('first(rows(BEDS)).height')).toEqual(['1:19 there is no field “height” here']);
    expect(worth('some bed in rows(BEDS) satisfies bed.height = 1')).toEqual([
      '1:38 there is no field “height” here',
    ]);
    expect(worth('for bed in rows(BEDS)[weight > 1] return bed.height')).toEqual([
      '1:46 there is no field “height” here',
    ]);
    expect(worth('coalesce(null, last(rows(BEDS))).height')).toEqual([
      '1:34 there is no field “height” here',
    ]);
    expect(worth('all(weight).name')).toEqual(['1:13 there is no property “name”']);
  });
});
