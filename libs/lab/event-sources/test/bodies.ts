import type { Delivery } from '../src/event-source.ts';

/** The message texts of a delivery of SQS, in its order. */
export function bodies(
  delivery: Delivery<{ readonly Records: readonly { readonly body: string }[] }> | undefined,
): readonly string[] {
  return delivery?.event.Records.map(({ body }) => body) ?? [];
}
