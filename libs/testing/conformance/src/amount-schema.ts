import type { StandardSchema } from '@parallel-lambda/batch';

interface Amount {
  readonly amount: number;
  readonly doubled: number;
}

/** A schema of the suite's own: a task whose amount is a number; it gives that amount doubled. */
export const amount: StandardSchema<Amount> = schemaOf((value) => fit(value));

/** The same, by a schema that must wait before it knows. */
export const amountLater: StandardSchema<Amount> = schemaOf(async (value) => {
  await new Promise((resolve) => setImmediate(resolve));
  return fit(value);
});

/** Fails unless it is given what the schemas give. */
export function expectDoubled(value: Amount): void {
  if (value.doubled !== 2 * value.amount) throw new Error('The work was given the text, not the value');
}

type Validate = StandardSchema<Amount>['~standard']['validate'];
type Fitted = Exclude<ReturnType<Validate>, Promise<unknown>>;

function schemaOf(validate: Validate): StandardSchema<Amount> {
  return { '~standard': { version: 1, vendor: 'conformance', validate } };
}

function fit(value: unknown): Fitted {
  const { amount: found } = value as { readonly amount?: unknown };
  if (typeof found === 'number') return { value: { amount: found, doubled: 2 * found } };
  return { issues: [{ message: 'must be a number', path: ['amount'] }] };
}
