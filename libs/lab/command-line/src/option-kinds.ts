import { LabError } from '@parallel-lambda/local-lambda';

import type { OptionDefinition } from './command.ts';

type Rest = Omit<OptionDefinition, 'metavar' | 'description' | 'parse'>;

type Range = readonly [min: number, max: number];

/** Declares an option with a whole number from `min` to `max`. */
export function number<const R extends Rest>(
  metavar: string,
  description: string,
  [min, max]: Range,
  rest: R = {} as R,
) {
  const parse = (given: string): number => {
    const value = Number(given);
    if (/^\d+$/.test(given) && value >= min && value <= max) return value;
    throw new LabError('usage', `It must be a whole number from ${min} to ${max}.`);
  };
  return { ...rest, metavar, description, parse };
}

/** Declares an option with a number from `min` to `max`, which may have a fraction. */
export function decimal<const R extends Rest>(
  metavar: string,
  description: string,
  [min, max]: Range,
  rest: R = {} as R,
) {
  const parse = (given: string): number => {
    const value = Number(given);
    if (/^\d+(\.\d+)?$/.test(given) && value >= min && value <= max) return value;
    throw new LabError('usage', `It must be a number from ${min} to ${max}.`);
  };
  return { ...rest, metavar, description, parse };
}

/** Declares an option with any other value. */
export function text<const R extends Omit<OptionDefinition, 'metavar' | 'description'>>(
  metavar: string,
  description: string,
  rest: R = {} as R,
) {
  return { ...rest, metavar, description };
}

/** Checks JSON, and keeps it as text: commander takes `null` for an option without a value. */
export function json(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new LabError('usage', `It must be JSON (${(error as Error).message}).`);
  }
}
