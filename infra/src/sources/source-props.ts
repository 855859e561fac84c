import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

import type { Settings } from '../settings/settings.ts';

/** What a source is made from. */
export interface SourceProps {
  /** What is to work on its batches. */
  readonly function: LambdaFunction;
  readonly settings: Settings;
}
