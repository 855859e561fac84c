import type { StandardSchema } from '@parallel-lambda/batch';

interface Amount {
  readonly amount: number;
  readonly doubled: number;
}

/** A schema for a task whose amount is a number; its output holds the amount doubled. */
export const amount: StandardSchema<Amount> = schemaOf((value) => check(value));

/** The same schema, asynchronous. */
export const asyncAmount: StandardSchema<Amount> = schemaOf(async (value) => {
  await new Promise((resolve) => setImmediate(resolve));
  return check(value);
});

/** Throws unless the value is an output of the schemas. */
export function expectDoubled(value: Amount): void {
  if (value.doubled !== 2 * value.amount) throw new Error('The work got the text instead of the output');
}

type Validate<Output> = StandardSchema<Output>['~standard']['validate'];
type Result = Exclude<ReturnType<Validate<Amount>>, PromiseLike<unknown>>;

/** Creates a schema with this validation. */
export function schemaOf<Output>(validate: Validate<Output>): StandardSchema<Output> {
  return { '~standard': { version: 1, vendor: 'conformance', validate } };
}

function check(value: unknown): Result {
  const { amount: found } = value as { readonly amount?: unknown };
  if (typeof found === 'number') return { value: { amount: found, doubled: 2 * found } };
  return { issues: [{ message: 'must be a number', path: ['amount'] }] };
}
