/**
 * Random expressions, each in two spellings: as Cahier compiles it, and as the oracle has to be given it.
 * The two spellings differ exactly where Cahier differs from standard FEEL on purpose (see the head of compile.ts), so
 * the list of deliberate differences is this file: `equality`, `within`, `isOneOf`, `quantified`.
 */
import fc from 'fast-check';

export interface Spelled {
  readonly ours: string;
  readonly oracle: string;
}

type Kind = 'number' | 'boolean' | 'string' | 'date' | 'dateTime' | 'days' | 'months' | 'numbers';

const same = (text: string): Spelled => ({ ours: text, oracle: text });
const names = (...all: string[]) => fc.constantFrom(...all).map(same);

/** The same shape around its parts in both spellings. */
function around(
  write: (...parts: string[]) => string,
  ...parts: fc.Arbitrary<Spelled>[]
): fc.Arbitrary<Spelled> {
  return fc.tuple(...parts).map((all) => ({
    ours: write(...all.map((part) => part.ours)),
    oracle: write(...all.map((part) => part.oracle)),
  }));
}

/** A missing value equals nothing and differs from nothing: it is unknown. Only the literal asks for missing values. */
function equality(sign: '=' | '!=', a: Spelled, b: Spelled): Spelled {
  if (a.ours === 'null' || b.ours === 'null') {
    return { ours: `(${a.ours} ${sign} ${b.ours})`, oracle: `(${a.oracle} ${sign} ${b.oracle})` };
  }
  return {
    ours: `(${a.ours} ${sign} ${b.ours})`,
    oracle: `{p: ${a.oracle}, q: ${b.oracle}, r: if (p = null) or (q = null) then null else p ${sign} q}.r`,
  };
}

/** A missing end of a range decides nothing; the oracle takes it for no end at all, and turns ranges round. */
function within(
  write: (x: string, a: string, b: string) => string,
  x: Spelled,
  a: Spelled,
  b: Spelled,
): Spelled {
  return {
    ours: write(x.ours, a.ours, b.ours),
    oracle: `{p: ${x.oracle}, r: (p >= ${a.oracle}) and (p <= ${b.oracle})}.r`,
  };
}

/** Membership of a missing value, or in a list of tests one of which is missing, is unknown. */
function isOneOf(x: Spelled, tests: readonly Spelled[]): Spelled {
  return {
    ours: `(${x.ours} in (${tests.map((test) => test.ours).join(', ')}, < -100))`,
    oracle: `(${tests.map((test) => equality('=', x, test).oracle).join(' or ')} or (${x.oracle} < -100))`,
  };
}

/** Elements that are not evaluable leave the answer open; the oracle takes them for false. */
function quantified(quantifier: 'some' | 'every', list: Spelled, condition: Spelled): Spelled {
  const conditions = `(for x in ${list.oracle} return ${condition.oracle})`;
  return {
    ours: `(${quantifier} x in ${list.ours} satisfies ${condition.ours})`,
    oracle: `${quantifier === 'some' ? 'any' : 'all'}(${conditions})`,
  };
}

const literals = {
  number: fc.integer({ min: -9, max: 9 }).map((number) => same(number < 0 ? `(${number})` : String(number))),
  date: fc
    .integer({ min: 0, max: 119 })
    .map((day) => same(`date(2021, ${1 + Math.floor(day / 30)}, ${1 + (day % 28)})`)),
  dateTime: fc
    .tuple(
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 10, max: 23 }),
      fc.integer({ min: 10, max: 59 }),
    )
    .map(([day, hour, minute]) =>
      same(`date and time("2021-02-${String(day).padStart(2, '0')}T${hour}:${minute}:00")`),
    ),
  days: fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 30 }))
    .map(([days, hours]) => same(`duration("P${days}DT${hours}H")`)),
  wholeDays: fc.integer({ min: 0, max: 40 }).map((days) => same(`duration("P${days}D")`)),
  months: fc.integer({ min: 0, max: 30 }).map((months) => same(`duration("P${months}M")`)),
};

export const generated = fc.letrec<Record<Kind, Spelled>>((tie) => {
  const depth = { maxDepth: 3, depthSize: 'small' } as const;
  const [number, boolean, string, numbers] = [tie('number'), tie('boolean'), tie('string'), tie('numbers')];
  const [date, dateTime, days, months] = [tie('date'), tie('dateTime'), tie('days'), tie('months')];
  const order = (kind: fc.Arbitrary<Spelled>) =>
    fc.tuple(fc.constantFrom('<', '<=', '>', '>='), kind, kind).map(([sign, a, b]) => ({
      ours: `(${a.ours} ${sign} ${b.ours})`,
      oracle: `(${a.oracle} ${sign} ${b.oracle})`,
    }));
  const equal = (kind: fc.Arbitrary<Spelled>) =>
    fc
      .tuple(fc.constantFrom('=' as const, '!=' as const), kind, kind)
      .map(([sign, a, b]) => equality(sign, a, b));
  const choice = (kind: fc.Arbitrary<Spelled>) =>
    around((test, then, other) => `(if ${test} then ${then} else ${other})`, boolean, kind, kind);
  const scalar = fc.oneof(literals.number, names('n0', 'n1', 'n2', 'n3'));
  const atom = fc.oneof(scalar, names('null'));

  return {
    number: fc.oneof(
      depth,
      atom,
      around((a, b) => `(${a} + ${b})`, number, number),
      around((a, b) => `(${a} - ${b})`, number, number),
      around((a, b) => `(${a} * ${b})`, atom, atom),
      around((a, b) => `(${a} / ${b})`, number, names('2', '4', '0', 'null', '(-8)')),
      around((a, b) => `((${a}) ** ${b})`, atom, names('0', '1', '2', '3')),
      around((a) => `abs(${a})`, number),
      around((a) => `floor(${a})`, number),
      around((a) => `ceiling(${a})`, number),
      around((a) => `round half up(${a}, 1)`, number),
      around((a) => `modulo(floor(${a}), 7)`, number),
      around((a) => `min(${a})`, numbers),
      around((a) => `max(${a})`, numbers),
      around((a) => `sum(${a})`, numbers),
      around((a) => `count(${a})`, numbers),
      around(
        (a, b) => `${a}[${b}]`,
        numbers,
        fc
          .integer({ min: -4, max: 4 })
          .filter((index) => index !== 0)
          .map(String)
          .map(same),
      ),
      around((a) => `string length(${a})`, string),
      around((a) => `${a}.year`, date),
      around((a) => `${a}.day`, date),
      around((a) => `${a}.hours`, days),
      choice(number),
    ),
    numbers: fc.oneof(
      depth,
      fc
        .array(literals.number, { minLength: 1, maxLength: 4 })
        .map((all) => same(`[${all.map((each) => each.ours).join(', ')}]`)),
      around((list, limit) => `${list}[item > ${limit}]`, numbers, atom),
      around((list, more) => `concatenate(${list}, ${more})`, numbers, numbers),
      around((list) => `distinct values(${list})`, numbers),
      around((list) => `reverse(${list})`, numbers),
      around((list) => `sort(${list}, function(x, y) x < y)`, numbers),
      around((list, by) => `(for x in ${list} return x + ${by})`, numbers, literals.number),
    ),
    boolean: fc.oneof(
      depth,
      names('true', 'false', 'b0', 'b1'),
      around((a, b) => `(${a} and ${b})`, boolean, boolean),
      around((a, b) => `(${a} or ${b})`, boolean, boolean),
      around((a) => `not(${a})`, boolean),
      order(number),
      order(string),
      order(date),
      order(dateTime),
      order(days),
      order(months),
      equal(number),
      equal(string),
      equal(boolean),
      equal(date),
      equal(dateTime),
      around((a) => `(${a} = null)`, fc.oneof(number, string, date)),
      around((a) => `(null != ${a})`, fc.oneof(number, string, date)),
      fc
        .tuple(number, number, number)
        .map(([x, a, b]) => within((x, a, b) => `(${x} between ${a} and ${b})`, x, a, b)),
      fc.tuple(date, date, date).map(([x, a, b]) => within((x, a, b) => `(${x} in [${a}..${b}])`, x, a, b)),
      fc
        .tuple(scalar, fc.array(scalar, { minLength: 1, maxLength: 3 }))
        .map(([x, tests]) => isOneOf(x, tests)),
      fc
        .tuple(fc.constantFrom('some' as const, 'every' as const), numbers, atom)
        .map(([which, list, limit]) =>
          quantified(which, list, { ours: `x > ${limit.ours}`, oracle: `x > ${limit.oracle}` }),
        ),
      around((a, b) => `contains(${a}, ${b})`, string, string),
      around((a, b) => `starts with(${a}, ${b})`, string, string),
      around((list, x) => `list contains(${list}, ${x})`, numbers, literals.number),
    ),
    string: fc.oneof(
      depth,
      names('"ab"', '"b"', '""', 's0', 's1', 'null'),
      around((a, b) => `(${a} + ${b})`, string, string),
      around((a) => `upper case(${a})`, string),
      around((a) => `substring(${a}, 2)`, string),
      around((a, b) => `substring after(${a}, ${b})`, string, string),
      choice(string),
    ),
    date: fc.oneof(
      depth,
      literals.date,
      names('d0', 'd1'),
      around((a, b) => `(${a} + ${b})`, date, literals.wholeDays),
      around((a, b) => `(${a} - ${b})`, date, literals.wholeDays),
      around((a, b) => `(${a} + ${b})`, date, literals.months),
      around((a, b) => `(${a} - ${b})`, date, literals.months),
      choice(date),
    ),
    dateTime: fc.oneof(
      depth,
      literals.dateTime,
      names('t0', 't1'),
      around((a, b) => `(${a} + ${b})`, dateTime, literals.days),
      around((a, b) => `(${a} - ${b})`, dateTime, literals.days),
      around((a, b) => `(${a} + ${b})`, dateTime, literals.months),
    ),
    days: fc.oneof(
      depth,
      literals.days,
      around((a, b) => `(${a} - ${b})`, date, date),
      around((a, b) => `(${a} - ${b})`, dateTime, dateTime),
      around((a, b) => `(${a} + ${b})`, days, literals.days),
    ),
    months: fc.oneof(
      depth,
      literals.months,
      around((a, b) => `(${a} + ${b})`, months, literals.months),
      around((a, b) => `(${a} - ${b})`, months, literals.months),
    ),
  };
});
