/**
 * The longest timeout of a function, in milliseconds. On Managed Instances batches have longer ones.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
 */
export const MAX_TIMEOUT_MS = 900_000;

/** The longest timeout of a function on Managed Instances, in milliseconds. No wait of a message needs to be longer. */
export const MAX_MANAGED_TIMEOUT_MS = 5_400_000;
