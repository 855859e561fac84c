import { BlockList, isIP } from 'node:net';

import { isRecord } from '../is-record.ts';

/** Tests a value that is not an object and no list; `undefined` is a missing field. */
export type LeafTest = (leaf: unknown) => boolean;

/** @returns nothing if the argument is not valid */
type Operator = (argument: unknown) => LeafTest | undefined;

/** The text, or the text of `{ "equals-ignore-case": text }` in small letters. */
function affix(matches: (leaf: string, affix: string) => boolean): Operator {
  return (argument) => {
    if (typeof argument === 'string') return (leaf) => typeof leaf === 'string' && matches(leaf, argument);
    const ignoring = isRecord(argument) ? argument['equals-ignore-case'] : undefined;
    if (typeof ignoring !== 'string') return undefined;
    return (leaf) => typeof leaf === 'string' && matches(leaf.toLowerCase(), ignoring.toLowerCase());
  };
}

const prefix = affix((leaf, start) => leaf.startsWith(start));
const suffix = affix((leaf, end) => leaf.endsWith(end));

const equalsIgnoreCase: Operator = (argument) =>
  typeof argument === 'string'
    ? (leaf) => typeof leaf === 'string' && leaf.toLowerCase() === argument.toLowerCase()
    : undefined;

const wildcard: Operator = (argument) => {
  if (typeof argument !== 'string' || argument.includes('**')) return undefined;
  // A backslash makes an asterisk or a backslash literal.
  const parts = argument.match(/\\[*\\]|[^]/gu) ?? [];
  const source = parts.map((part) =>
    part === '*' ? '[^]*' : `\\u{${part.codePointAt(part.length - 1)?.toString(16) ?? ''}}`,
  );
  const expression = new RegExp(`^${source.join('')}$`, 'u');
  return (leaf) => typeof leaf === 'string' && expression.test(leaf);
};

const exists: Operator = (argument) =>
  typeof argument === 'boolean' ? (leaf) => (leaf !== undefined) === argument : undefined;

/** EventBridge compares numbers within five billions. */
const maxNumber = 5e9;

const comparisons: Readonly<Record<string, (leaf: number, limit: number) => boolean>> = {
  '=': (leaf, limit) => leaf === limit,
  '>': (leaf, limit) => leaf > limit,
  '>=': (leaf, limit) => leaf >= limit,
  '<': (leaf, limit) => leaf < limit,
  '<=': (leaf, limit) => leaf <= limit,
};

const numeric: Operator = (argument) => {
  if (!Array.isArray(argument) || (argument.length !== 2 && argument.length !== 4)) return undefined;
  const tests: ((leaf: number) => boolean)[] = [];
  for (let index = 0; index < argument.length; index += 2) {
    const [comparison, limit] = argument.slice(index, index + 2) as readonly unknown[];
    const compare = comparisons[String(comparison)];
    if (!compare || typeof limit !== 'number' || Math.abs(limit) > maxNumber) return undefined;
    tests.push((leaf) => compare(leaf, limit));
  }
  return (leaf) => typeof leaf === 'number' && tests.every((test) => test(leaf));
};

const cidr: Operator = (argument) => {
  const [, address = '', bits] = /^([\d.:a-f]+)\/(\d+)$/i.exec(String(argument)) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) return undefined;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(address, Number(bits), type);
  return (leaf) => typeof leaf === 'string' && isIP(leaf) === family && block.check(leaf, type);
};

/** A missing field has no value that could be another. */
const anythingBut: Operator = (argument) => {
  const test = isRecord(argument) ? nested(argument) : valueIn([argument].flat());
  return test && ((leaf) => leaf !== undefined && !test(leaf));
};

function valueIn(values: readonly unknown[]): LeafTest | undefined {
  const valid =
    values.length > 0 && values.every((value) => ['string', 'number', 'boolean'].includes(typeof value));
  return valid ? (leaf) => values.includes(leaf) : undefined;
}

/** `anything-but` takes one of these with a text or a list of texts. */
function nested(argument: Readonly<Record<string, unknown>>): LeafTest | undefined {
  const [entry, ...others] = Object.entries(argument);
  if (!entry || others.length > 0) return undefined;
  const [name, values] = entry;
  const operator = { prefix, suffix, wildcard, 'equals-ignore-case': equalsIgnoreCase }[name];
  if (!operator) return undefined;
  const tests = [values].flat().map(operator);
  return tests.every((test) => test !== undefined) && tests.length > 0
    ? (leaf) => tests.some((test) => test(leaf))
    : undefined;
}

const operators: Readonly<Record<string, Operator>> = {
  prefix,
  suffix,
  wildcard,
  exists,
  numeric,
  cidr,
  'equals-ignore-case': equalsIgnoreCase,
  'anything-but': anythingBut,
};

/** @returns nothing if the operator is unknown or the argument not valid */
export function operatorOf(name: string, argument: unknown): LeafTest | undefined {
  return operators[name]?.(argument);
}
