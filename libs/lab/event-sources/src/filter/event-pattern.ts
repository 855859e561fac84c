import { isRecord } from '../is-record.ts';
import { operatorOf, type LeafTest } from './operators.ts';

/** Tests a value that was parsed from JSON. `undefined` is a missing field. */
export type EventPattern = (value: unknown) => boolean;

/** A pattern that EventBridge would refuse. The message is a sentence without the pattern. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/**
 * Compiles an event pattern of EventBridge, whose language event source mappings share.
 *
 * A field of the pattern holds either a pattern for an object or a list of values and operators, one of which must match.
 * All fields must match, and one alternative of each `$or`. An array in the event matches if one of its elements does.
 *
 * @throws {PatternError} if the pattern is not valid
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export function compilePattern(pattern: unknown): EventPattern {
  if (!isRecord(pattern)) throw new PatternError('a pattern must be an object');
  const fields = Object.entries(pattern).map(([name, field]) => compileField(name, field));
  if (fields.length === 0) throw new PatternError('a pattern must have at least one field');
  const matches: EventPattern = (value) => {
    if (Array.isArray(value)) return value.some(matches);
    const object = isRecord(value) ? value : {};
    return fields.every((field) => field(object));
  };
  return matches;
}

type FieldTest = (object: Readonly<Record<string, unknown>>) => boolean;

function compileField(name: string, field: unknown): FieldTest {
  if (name === '$or' && Array.isArray(field) && field.every(isRecord)) {
    if (field.length < 2) throw new PatternError('$or must have at least two patterns');
    const alternatives = field.map(compilePattern);
    return (object) => alternatives.some((matches) => matches(object));
  }
  if (Array.isArray(field)) {
    if (field.length === 0) throw new PatternError(`the list of values of ${name} is empty`);
    const tests = field.map((test) => compileTest(name, test));
    return (object) => leavesOf(object[name]).some((leaf) => tests.some((test) => test(leaf)));
  }
  if (isRecord(field)) {
    const matches = compilePattern(field);
    return (object) => matches(object[name]);
  }
  throw new PatternError(`${name} must be an object or a list of values, not ${JSON.stringify(field)}`);
}

/** Returns the values of a field. An object and an empty array have none. */
function leavesOf(value: unknown): readonly unknown[] {
  const leaves = [value].flat(Infinity).filter((leaf) => !isRecord(leaf));
  return leaves.length === 0 ? [undefined] : leaves;
}

function compileTest(name: string, test: unknown): LeafTest {
  if (!isRecord(test)) return (leaf) => leaf === test;
  const [entry, ...others] = Object.entries(test);
  if (!entry || others.length > 0) {
    throw new PatternError(`each operator of ${name} must be an object with one key`);
  }
  const [operator, argument] = entry;
  const compiled = operatorOf(operator, argument);
  if (compiled) return compiled;
  throw new PatternError(
    `the operator ${operator} of ${name} is unknown or has a wrong argument, ${JSON.stringify(argument)}`,
  );
}
