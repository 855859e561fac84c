import type { Plan } from '../plan.ts';

/** A price that the list does not have. */
export interface UnknownPrice {
  /** Key of the price in the list. */
  readonly key: 'millionQueueRequests' | 'pollerHour' | 'vcpuHour';
  /** The part of a plan that needs it. */
  readonly what: string;
}

/** Returns the prices without which a plan leaves something out. */
export function unknownPrices({ scenario, billing: { prices } }: Plan): readonly UnknownPrice[] {
  const needed: readonly UnknownPrice[] = [
    { key: 'millionQueueRequests', what: 'SQS' },
    ...(scenario.provisionedPollers ? [{ key: 'pollerHour', what: 'pollers' } as const] : []),
    { key: 'vcpuHour', what: 'Managed Instances' },
  ];
  return needed.filter(({ key }) => prices[key] === undefined);
}
