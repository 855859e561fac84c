import { LabError } from '@parallel-lambda/local-lambda';

import type { OptionDefinition } from './command.ts';

type Rest = Omit<OptionDefinition, 'metavar' | 'description' | 'parse'>;

type Range = readonly [min: number, max: number];

type More<R> = R extends number ? { default: R } : R extends string ? { defaultText: R } : R;

/**
 * Declares an option with a whole number from `min` to `max`.
 *
 * @param rest its default: a number, or a text for the help if it is not a fixed number; an object for more settings
 */
export function number<const R extends Rest | number | string>(
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
  return { ...more(rest), metavar, description, parse };
}

/** Declares an option with a number from `min` to `max`, which may have a fraction. Otherwise as `number`. */
export function decimal<const R extends Rest | number | string>(
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
  return { ...more(rest), metavar, description, parse };
}

function more<R extends TextRest | number | string>(rest: R): More<R> {
  if (typeof rest === 'object') return rest as More<R>;
  return (typeof rest === 'number' ? { default: rest } : { defaultText: rest }) as More<R>;
}

type TextRest = Omit<OptionDefinition, 'metavar' | 'description'>;

/** Declares an option with any other value. The rest is a text for the help with its default, or an object. */
export function text<const R extends TextRest | string>(
  metavar: string,
  description: string,
  rest: R = {} as R,
) {
  return { ...more(rest), metavar, description };
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
