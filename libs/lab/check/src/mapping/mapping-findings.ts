import type { FunctionDefinition } from '@parallel-lambda/local-lambda';
import type { MappingDefinition, QueueDefinition, StacksOfAssembly } from '@parallel-lambda/local-stack';

import type { CheckReport } from '../checks/run-checks.ts';
import type { SourceName } from '../messages/test-message.ts';

/** A setting of a mapping or its queue that does not fit the function. */
export interface MappingFinding {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly title: string;
  readonly seen: string;
  readonly cost: string;
  readonly fix: string;
}

/** Requirements of Lambda's documentation for a queue. */
const visibilityPerTimeout = 6;
const minReceives = 5;
/** SQS's own default, in seconds. */
const defaultVisibility = 30;
const maxFifoBatch = 10;
/** Above it, a batch needs a window. */
const maxBatchWithoutWindow = 10;

/** A mapping with its function, its queue, and the known properties of the function. */
interface Mapped {
  readonly mapping: MappingDefinition;
  readonly queue: QueueDefinition | undefined;
  readonly definition: FunctionDefinition;
  readonly report: CheckReport;
}

/**
 * Returns the source and the batch size by which a function's first mapping invokes it.
 *
 * @returns nothing without a mapping
 */
export function mappedBatches(stacks: StacksOfAssembly, name: string): MappedBatches {
  const [mapping] = mappingsOf(stacks, name);
  if (!mapping) return {};
  const queues = stacks.stacks.flatMap((stack) => stack.queues);
  const fifo = queues.some(({ arn, fifo: isFifo }) => isFifo && arn === mapping.sourceArn);
  return { source: fifo ? 'sqs-fifo' : mapping.source, messages: mapping.batchSize };
}

export interface MappedBatches {
  readonly source?: SourceName;
  /** Messages in the largest batch. */
  readonly messages?: number;
}

function mappingsOf({ stacks }: StacksOfAssembly, name: string): readonly MappingDefinition[] {
  return stacks.flatMap(({ mappings }) => mappings.filter(({ functionName }) => functionName === name));
}

/** Compares the mappings of a function with what its checks have shown. */
export function mappingFindings(
  stacks: StacksOfAssembly,
  definition: FunctionDefinition,
  report: CheckReport,
): readonly MappingFinding[] {
  const queues = stacks.stacks.flatMap((stack) => stack.queues);
  return mappingsOf(stacks, definition.name).flatMap((mapping) => {
    const queue = queues.find(({ arn }) => arn === mapping.sourceArn);
    const mapped = { mapping, queue, definition, report };
    return [
      ...responseFindings(mapped),
      ...queueFindings(mapped),
      ...streamFindings(mapped),
      ...batchFindings(mapped),
    ];
  });
}

function responseFindings({ mapping, report }: Mapped): readonly MappingFinding[] {
  const { logicalId, reportBatchItemFailures, source } = mapping;
  const reports = report.results.some(({ id, result }) => id === 'response' && result === 'yes');
  if (reportBatchItemFailures || !reports) return [];
  return [
    {
      id: 'mapping-response',
      severity: 'error',
      title: `${logicalId} ignores the response`,
      seen: 'the function reports failed messages, and the mapping has no ReportBatchItemFailures',
      cost:
        source === 'sqs'
          ? 'Lambda deletes the failed messages: they are lost.'
          : 'Lambda continues behind the failed records: they are lost.',
      fix: 'Set FunctionResponseTypes: [ReportBatchItemFailures] (CDK: reportBatchItemFailures: true).',
    },
  ];
}

function queueFindings({ mapping, queue, definition }: Mapped): readonly MappingFinding[] {
  if (mapping.source !== 'sqs' || !queue) return [];
  const visibility = Number(queue.attributes.VisibilityTimeout ?? defaultVisibility);
  const needed = visibilityPerTimeout * definition.timeoutSeconds + mapping.windowMs / 1000;
  const { maxReceiveCount } = JSON.parse(queue.attributes.RedrivePolicy ?? '{}') as {
    readonly maxReceiveCount?: number;
  };
  const findings: MappingFinding[] = [];
  if (visibility < needed) {
    findings.push({
      id: 'mapping-visibility',
      severity: 'warning',
      title: `The visibility timeout of ${queue.logicalId} is short`,
      seen: `${visibility} s; the function has a timeout of ${definition.timeoutSeconds} s`,
      cost: 'When Lambda throttles or retries, a message is received again while it is still being processed.',
      fix: `Set VisibilityTimeout to ${needed} seconds or more: six times the timeout, and the batching window.`,
    });
  }
  if (queue.deadLetterArn === undefined) {
    findings.push({
      id: 'mapping-dead-letters',
      severity: 'warning',
      title: `${queue.logicalId} has no dead-letter queue`,
      seen: 'no RedrivePolicy',
      cost: 'A message that always fails is retried until its retention period ends, and delays other messages.',
      fix: `Add a RedrivePolicy with a maxReceiveCount of ${minReceives} or more.`,
    });
  } else if (maxReceiveCount !== undefined && maxReceiveCount < minReceives) {
    findings.push({
      id: 'mapping-receives',
      severity: 'warning',
      title: `The maxReceiveCount of ${queue.logicalId} is low`,
      seen: `${maxReceiveCount}`,
      cost: 'Throttled invocations count as receives: messages reach the dead-letter queue although they never failed.',
      fix: `Set maxReceiveCount to ${minReceives} or more.`,
    });
  }
  return findings;
}

function streamFindings({ mapping }: Mapped): readonly MappingFinding[] {
  const { source, maximumRetries, onFailure, logicalId } = mapping;
  if (source !== 'kinesis' && source !== 'dynamodb') return [];
  if (maximumRetries >= 0 || onFailure !== undefined) return [];
  return [
    {
      id: 'mapping-retries',
      severity: 'warning',
      title: `${logicalId} retries without a limit`,
      seen: 'no MaximumRetryAttempts and no destination for failures',
      cost: 'A record that always fails blocks its shard until it expires.',
      fix: 'Set MaximumRetryAttempts, BisectBatchOnFunctionError and DestinationConfig.OnFailure.',
    },
  ];
}

function batchFindings({ mapping, queue, definition, report }: Mapped): readonly MappingFinding[] {
  const { logicalId, batchSize, windowMs, source } = mapping;
  const { info } = report;
  const max = queue?.fifo ? maxFifoBatch : Infinity;
  const tooLarge = (seen: string, cost: string, fix: string): MappingFinding => ({
    id: 'mapping-batch-size',
    severity: 'error',
    title: `The batch size of ${logicalId} is too large`,
    seen,
    cost,
    fix,
  });
  if (batchSize > max) {
    return [
      tooLarge(`${batchSize} of a FIFO queue`, 'The deployment fails.', `Set BatchSize to ${max} or less.`),
    ];
  }
  if (source === 'sqs' && !queue?.fifo && batchSize > maxBatchWithoutWindow && windowMs < 1000) {
    const fix = 'Set MaximumBatchingWindowInSeconds to 1 or more, or BatchSize to 10.';
    return [tooLarge(`${batchSize} without a batching window`, 'The deployment fails.', fix)];
  }
  if (!info) return [];
  const expectedMs = (info.batchMs / info.messages) * batchSize;
  const timeoutMs = 1000 * definition.timeoutSeconds;
  if (expectedMs <= timeoutMs) return [];
  const fits = Math.max(1, Math.floor((batchSize * timeoutMs) / expectedMs));
  const seen = `${batchSize} messages need about ${Math.round(expectedMs / 1000)} s; the timeout is ${definition.timeoutSeconds} s`;
  const cost = 'Full batches time out: all their messages are redelivered.';
  return [tooLarge(seen, cost, `Set BatchSize to ${fits} or less, or a longer Timeout.`)];
}
