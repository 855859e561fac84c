/** The checks, in the order in which they are reported. */
export const checkIds = [
  'lost',
  'exact',
  'response',
  'limit',
  'awaited',
  'leftovers',
  'apart',
  'redelivered',
  'hang',
  'timeout',
  'crash',
  'unreadable',
  'order',
  'order-failure',
  'memory',
] as const;

export type CheckId = (typeof checkIds)[number];
