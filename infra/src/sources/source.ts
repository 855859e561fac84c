import { RemovalPolicy } from 'aws-cdk-lib';
import type { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type Function as LambdaFunction, type MetricsConfig, MetricType } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Settings } from '../settings/settings.ts';

/** A source with its mapping to a function, as those who operate it see it. */
export interface DeployedSource {
  /**
   * Receives what is not retried any more: the message itself from a queue, and from a stream or a topic a record
   * that says where the failed records are.
   */
  readonly deadLetterQueue: Queue;
  /** What the stack puts out to send to it, by the last part of the output's key. */
  readonly outputs: Readonly<Record<string, string>>;
  /** How far behind the function is. */
  readonly age: AgeMetric;
  /** Messages that are done. */
  readonly done: Metric | MathExpression;
  /** Deliveries of a message that did not succeed: it is redelivered, or sent to the dead-letter queue. */
  readonly failed: Metric | MathExpression;
}

/** How far behind a function is, in the source's own measure. */
export interface AgeMetric {
  readonly metric: Metric;
  readonly unit: 'seconds' | 'milliseconds' | 'messages';
  /** Above it something is wrong rather than busy. */
  readonly limit: number;
}

/** What a source is made from. */
export interface SourceProps {
  /** What is to work on its batches. */
  readonly function: LambdaFunction;
  readonly settings: Settings;
}

/** What becomes of what holds messages or logs when the stack is destroyed. */
export function removalPolicyOf({ removalPolicy }: Settings): RemovalPolicy {
  return removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}

/**
 * The maximum number of deliveries of a message, for every source: the minimum that AWS recommends for a queue
 * that Lambda reads.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const deliveries = 5;

/** Has a mapping count its messages: Lambda does it at no charge, where it is asked to. */
export const countEvents: MetricsConfig = { metrics: [MetricType.EVENT_COUNT] };
