import type { Measurements, Setting, Timeline } from '@parallel-lambda/report';

import type { OpenFunction, RunTrials } from './trial.ts';
import type { Reads } from './tune/knobs.ts';

/** Options for measuring functions. */
export type Circumstances = Pick<Measurements, 'machine' | 'runtime' | 'enforced' | 'architecture'>;

/** A batch that is small enough to show each message in a timeline. */
export interface TimelineBatch {
  readonly messages: number;
  readonly body: unknown;
}

/** Functions to measure, on this machine or deployed. Disposing restores changed configurations. */
export interface MeasuredFunctions extends AsyncDisposable {
  /** Each function as its template or its deployment sets it up. */
  readonly settings: readonly Setting[];
  /** The settings and the batch sizes that the functions have now. @default unknown */
  readonly present?: readonly { readonly setting: Setting; readonly messages?: number | undefined }[];
  /** Returns which variables of the library the code of a function reads. @default as the functions of this repository */
  readonly reads?: (name: string) => Reads;
  readonly open: OpenFunction;
  /** Runs trials in an order that suits these functions. */
  readonly run: RunTrials;
  readonly circumstances: Circumstances;
  /** Records each step of a batch. Absent if the functions cannot log their steps. */
  readonly recordTimeline?: (setting: Setting, batch: TimelineBatch) => Promise<Timeline>;
  /** Describes each function whose configuration is not as it was. */
  changed(): readonly string[];
}
