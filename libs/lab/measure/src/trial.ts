import type { Series, Setting } from '@parallel-lambda/report';

import type { InvocableFunction } from '@parallel-lambda/local-lambda';

/** Something that is to be measured. */
export interface Trial {
  readonly series: Series;
  readonly event: unknown;
  /** An event that is invoked before, and does not count; a cold trial has none. */
  readonly warmUp?: unknown;
  /** No more runs than this: for what takes long and is only compared with. */
  readonly mostRuns?: number;
}

/** Opens a function with a setting: each time in a new environment where it is on this machine. */
export type OpenFunction = (setting: Setting) => Promise<InvocableFunction>;
