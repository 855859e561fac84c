import { describe } from '@parallel-lambda/batch/technique';

import { InvalidStepError } from './errors.ts';
import { isPlainObject } from './is-plain-object.ts';
import { stepKinds } from './steps/index.ts';
import type { Step } from './steps/step-kind.ts';

// A map, because an object has `constructor` and `__proto__`.
const kinds = new Map(stepKinds.map((kind) => [kind.name, kind]));
const names = [...kinds.keys()].join(', ');

/**
 * Reads the text of a message: one step or a list of steps, in JSON, or the change of a DynamoDB item whose attribute
 * `body` is such a text. No step is run.
 *
 * @example
 * parseSteps('[{"wait": 200}, {"hash": 7}]');
 *
 * @returns the steps in order; none for an empty list
 * @throws {InvalidStepError} when the text is not JSON, or one of its steps is not known or its argument is of a
 * wrong type or out of range; it names the step, the received and the allowed value
 */
export function parseSteps(text: string): readonly Step[] {
  const parsed = parseJson(text);
  const json = isPlainObject(parsed) ? stepsOfItem(parsed) : parsed;
  return Array.isArray(json) ? json.map(readStep) : [readStep(json, 0)];
}

/** A change of a DynamoDB item has its steps, as JSON, in the attribute `body` of the new image. */
function stepsOfItem(change: Readonly<Record<string, unknown>>): unknown {
  const { newImage } = change;
  return isPlainObject(newImage) && typeof newImage.body === 'string' ? parseJson(newImage.body) : change;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidStepError(
      `A message must be JSON, one step or a list of steps, not ${describe(text)} (${text.length} characters)`,
      { cause },
    );
  }
}

function readStep(json: unknown, index: number): Step {
  const position = `Step ${index + 1}`;
  const [entry, ...others] = isPlainObject(json) ? Object.entries(json) : [];
  if (!entry || others.length > 0) {
    throw new InvalidStepError(
      `${position} must be an object with one key of ${names}, such as {"wait":200}, not ${describe(json)}`,
    );
  }
  const [name, argument] = entry;
  const kind = kinds.get(name);
  if (!kind) throw new InvalidStepError(`${position} must be one of ${names}, not ${describe(name)}`);
  if (!kind.accepts(argument)) {
    throw new InvalidStepError(`${position} (${name}) must have ${kind.takes}, not ${describe(argument)}`);
  }
  return { kind, argument };
}
