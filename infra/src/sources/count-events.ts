import { MetricType, type MetricsConfig } from 'aws-cdk-lib/aws-lambda';

/** Has a mapping count its messages: Lambda does it at no charge, where it is asked to. */
export const countEvents: MetricsConfig = { metrics: [MetricType.EVENT_COUNT] };
