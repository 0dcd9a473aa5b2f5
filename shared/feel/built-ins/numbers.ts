/**
 * Numbers. Rounding looks at the decimal number that was meant, not at its binary neighbour: 1.005 rounds half up to 1.01.
 */
import { isSameNumber } from '../compare.ts';
import { builtIn, type BuiltIn } from '../built-in.ts';

export const numberFunctions: readonly BuiltIn[] = [
  /** Half to even, as FEEL's decimal(). */
  rounding('decimal', (number) => {
    const below = Math.floor(number);
    return number - below === 0.5 ? below + (below % 2 === 0 ? 0 : 1) : Math.round(number);
  }),
  rounding('round half up', (number) => Math.sign(number) * Math.floor(Math.abs(number) + 0.5)),
  rounding('round half down', (number) => Math.sign(number) * Math.ceil(Math.abs(number) - 0.5)),
  rounding('round up', (number) => Math.sign(number) * Math.ceil(Math.abs(number))),
  rounding('round down', Math.trunc),
  rounding('floor', Math.floor),
  rounding('ceiling', Math.ceil),
  builtIn('abs', ['n: any'], (value, warn) => {
    if (value === null) return null;
    if (typeof value === 'number') return Math.abs(value);
    if (typeof value === 'object' && 'kind' in value && value.kind === 'days')
      return { kind: 'days', minutes: Math.abs(value.minutes) };
    if (typeof value === 'object' && 'kind' in value && value.kind === 'months')
      return { kind: 'months', months: Math.abs(value.months) };
    warn('abs(…) takes a number or a duration');
    return null;
  }),
  builtIn('modulo', ['dividend: number', 'divisor: number'], (dividend, divisor, warn) => {
    if (divisor === 0) {
      warn('modulo by zero');
      return null;
    }
    const times = Math.floor(withoutDust(dividend / divisor));
    return isSameNumber(dividend, times * divisor) ? 0 : dividend - times * divisor;
  }),
  builtIn('sqrt', ['number: number'], (number, warn) => {
    if (number >= 0) return Math.sqrt(number);
    warn('sqrt(…) of a negative number');
    return null;
  }),
  builtIn('log', ['number: number'], (number, warn) => {
    if (number > 0) return Math.log(number);
    warn('log(…) of a number that is not positive');
    return null;
  }),
  builtIn('exp', ['number: number'], (number, warn) => {
    const power = Math.exp(number);
    if (Number.isFinite(power)) return power;
    warn('exp(…) of a number that is too large');
    return null;
  }),
  builtIn('odd', ['number: number'], (number) => Math.abs(number % 2) === 1),
  builtIn('even', ['number: number'], (number) => number % 2 === 0),
  /** The bare number of a censored one. */
  builtIn('number of', ['x: amount'], (value) => (typeof value === 'number' ? value : value.number)),
  /** "=", "<", "<=", ">" or ">=". */
  builtIn('relation of', ['x: amount'], (value) => (typeof value === 'number' ? '=' : value.relation)),
];

/** All rounding functions take a scale, the number of digits after the point; 0 when left out. */
function rounding(name: string, round: (number: number) => number): BuiltIn {
  return builtIn(name, ['n: number', 'scale: number?'], (number, scale) => {
    const digits = Math.trunc(scale ?? 0);
    const factor = 10 ** Math.abs(digits);
    const scaled = withoutDust(digits < 0 ? number / factor : number * factor);
    const rounded = digits < 0 ? round(scaled) * factor : round(scaled) / factor;
    // A scale beyond what numbers can hold leaves the number alone; and there is one zero.
    return Number.isFinite(rounded) ? rounded + 0 : number;
  });
}

/** The number of at most 15 digits, which is what can be typed. */
function withoutDust(number: number): number {
  return Number(number.toPrecision(15));
}
