import { Duration } from 'aws-cdk-lib';

/**
 * How long a received message stays hidden: six times the function's timeout and the batching window, so that
 * Lambda can retry a throttled batch before the queue delivers its messages to somebody else.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function visibilityTimeout(functionTimeout: Duration, batchingWindow: Duration): Duration {
  return Duration.seconds(6 * functionTimeout.toSeconds() + batchingWindow.toSeconds());
}
