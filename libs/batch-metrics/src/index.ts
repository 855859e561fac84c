/**
 * Writes CloudWatch metrics for every batch.
 * @module @parallel-lambda/batch-metrics
 */
export { batchMetrics, type BatchMetricsOptions } from './batch-metrics.ts';
