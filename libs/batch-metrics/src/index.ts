export { batchMetrics, type BatchMetricsOptions } from './batch-metrics.ts';
