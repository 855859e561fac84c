import type { Architecture, Prices } from '@parallel-lambda/report';

/** Hours of a month in AWS's prices. */
export const hoursPerMonth = 730;

/** Settings that determine the price of the function. */
export interface Billing {
  readonly memoryMb: number;
  readonly architecture: Architecture;
  readonly prices: Prices;
  /** Settings of the function on Managed Instances. */
  readonly managed: ManagedOptions;
}

/** Options for Managed Instances. */
export interface ManagedOptions {
  /** Batches that an environment processes at a time without slowing down. @default one per vCPU */
  readonly perEnvironment?: number | undefined;
}
