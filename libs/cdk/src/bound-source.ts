import type { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** The source of a function's batches. */
export interface BatchSource {
  /**
   * Connects the source to a function.
   *
   * @param scope of the resources that this needs
   */
  readonly bind: (scope: Construct, target: IFunction) => BoundSource;
}

/** A source that is connected to a function. */
export interface BoundSource {
  /**
   * Receives messages that are not retried any more: from a queue the message itself, from a stream or a topic a record with the
   * position of the failed records.
   */
  readonly deadLetterQueue: IQueue;
  /** Lag of the function. */
  readonly lag: Lag;
  /** Messages that were processed. */
  readonly processed: Metric | MathExpression;
  /** Deliveries of a message that failed: it is redelivered, or becomes a dead letter. */
  readonly failed: Metric;
  /** Dead letters that Lambda could not send. Absent for a queue, whose dead letters are moved by SQS. */
  readonly lost?: Metric;
}

/** Metric of a function's lag behind its source. */
export interface Lag {
  /** The metric of the lag. */
  readonly metric: Metric;
  /** The unit of the metric. */
  readonly unit: 'seconds' | 'milliseconds' | 'messages';
  /** The threshold of the alarm: a larger value indicates a fault rather than high load. */
  readonly limit: number;
}
