import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

import type { AgeMetric } from './deployed-source.ts';

/** How old a stream's record is when it comes to the function. A quarter of an hour is a hundredth of the day that a record is kept. */
export function iteratorAge(target: LambdaFunction): AgeMetric {
  return {
    metric: target.metric('IteratorAge', { statistic: 'Maximum' }),
    unit: 'milliseconds',
    limit: Duration.minutes(15).toMilliseconds(),
  };
}
