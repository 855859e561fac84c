import type { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

/** A source with its mapping to a function, as those who operate it see it. */
export interface DeployedSource {
  /**
   * Where that ends which was given up: of a queue the message itself, of a stream or a topic a note that says
   * where in it the records are.
   */
  readonly deadLetterQueue: Queue;
  /** What the stack puts out to send to it, by the last part of the output's key. */
  readonly outputs: Readonly<Record<string, string>>;
  /** How far behind the function is. */
  readonly age: AgeMetric;
  /** Messages that are done. */
  readonly done: Metric | MathExpression;
  /** Deliveries of a message that did not succeed: it comes again, or is given up. */
  readonly failed: Metric | MathExpression;
}

/** How far behind a function is, in the source's own measure. */
export interface AgeMetric {
  readonly metric: Metric;
  readonly unit: 'seconds' | 'milliseconds' | 'messages';
  /** Above it something is wrong rather than busy. */
  readonly limit: number;
}
