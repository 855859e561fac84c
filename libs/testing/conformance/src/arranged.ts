import type { SourceUnderTest } from './sources-under-test.ts';

/** Orders as the source would deliver them: Kafka delivers one partition after another. */
export function arranged<Order extends { readonly lane: string }>(
  { name }: SourceUnderTest,
  orders: readonly Order[],
): readonly Order[] {
  if (name !== 'Kafka, by partition') return orders;
  return [...Map.groupBy(orders, ({ lane }) => lane).values()].flat();
}
