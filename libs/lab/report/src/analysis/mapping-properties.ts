import type { SourceName } from '../measurements/measurements.ts';

/** Names of an event source in CDK, SAM and EventBridge Pipes. */
interface SourceTerms {
  readonly cdk: string;
  readonly sam: string;
  /** Property of `SourceParameters` of a pipe. */
  readonly pipe: string;
}

const terms: Readonly<Record<SourceName, SourceTerms>> = {
  sqs: { cdk: 'SqsEventSource', sam: 'SQS', pipe: 'SqsQueueParameters' },
  'sqs-fifo': { cdk: 'SqsEventSource', sam: 'SQS', pipe: 'SqsQueueParameters' },
  kinesis: { cdk: 'KinesisEventSource', sam: 'Kinesis', pipe: 'KinesisStreamParameters' },
  dynamodb: { cdk: 'DynamoEventSource', sam: 'DynamoDB', pipe: 'DynamoDBStreamParameters' },
  kafka: { cdk: 'ManagedKafkaEventSource', sam: 'MSK', pipe: 'ManagedStreamingKafkaParameters' },
  'self-managed-kafka': {
    cdk: 'SelfManagedKafkaEventSource',
    sam: 'SelfManagedKafka',
    pipe: 'SelfManagedKafkaParameters',
  },
};

/** Records that a shard of a stream receives per second at most: of DynamoDB, a partition has 1,000 write units. */
const fullShard = 1000;

/** See https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html */
const maxParallelization = 10;

/** SQS and streams need a window for larger batches. */
const maxBatchWithoutWindow = 10;

/** Batches of an event source. */
export interface MappedBatches {
  /** @default unknown */
  readonly source?: SourceName | undefined;
  /** True if EventBridge Pipes sends them. */
  readonly piped?: boolean | undefined;
  readonly messages: number;
  /** Messages per second that one environment finishes. @default unknown */
  readonly perSecond?: number | undefined;
}

/** Lines for CDK and SAM, and the command of the AWS CLI with its options. */
export interface MappingProperties {
  readonly cdk: readonly string[];
  readonly sam: readonly string[];
  readonly cli: readonly string[];
}

/** Returns the properties of an event source mapping, or of a pipe, that sends these batches. */
export function mappingProperties(batches: MappedBatches): MappingProperties {
  const { source, piped, messages } = batches;
  if (source && piped) return pipeProperties(terms[source].pipe, batches);
  const { cdk, sam } = source ? terms[source] : { cdk: 'the event source', sam: 'the event' };
  const window = needsWindow(batches);
  const shards = shardsOf(batches);
  return {
    cdk: [
      `// ${cdk}`,
      `batchSize: ${messages},`,
      ...(window ? ['maxBatchingWindow: Duration.seconds(1),'] : []),
      ...(shards ? [`// ${shards.reason}`, `parallelizationFactor: ${shards.factor},`] : []),
    ],
    sam: [
      `# ${source ? `the event of type ${sam}` : sam}`,
      `BatchSize: ${messages}`,
      ...(window ? ['MaximumBatchingWindowInSeconds: 1'] : []),
      ...(shards ? [`# ${shards.reason}`, `ParallelizationFactor: ${shards.factor}`] : []),
    ],
    cli: [
      'aws lambda update-event-source-mapping',
      '--uuid UUID',
      `--batch-size ${messages}`,
      ...(window ? ['--maximum-batching-window-in-seconds 1'] : []),
      ...(shards ? [`--parallelization-factor ${shards.factor}`] : []),
    ],
  };
}

function pipeProperties(name: string, batches: MappedBatches): MappingProperties {
  const shards = shardsOf(batches);
  const values = {
    BatchSize: batches.messages,
    ...(needsWindow(batches) && { MaximumBatchingWindowInSeconds: 1 }),
    ...(shards && { ParallelizationFactor: shards.factor }),
  };
  const lines = (of: (text: string) => string, end: string): readonly string[] =>
    Object.entries(values).map(([property, value]) => `${of(property)}: ${value}${end}`);
  const comment = shards ? [shards.reason] : [];
  return {
    cdk: [
      `// sourceParameters.${lowerFirst(name).replace('DB', 'Db')} of the CfnPipe`,
      ...comment.map((text) => `// ${text}`),
      ...lines(lowerFirst, ','),
    ],
    sam: [
      `# SourceParameters.${name} of the AWS::Pipes::Pipe`,
      ...comment.map((text) => `# ${text}`),
      ...lines((property) => property, ''),
    ],
    cli: [
      'aws pipes update-pipe',
      '--name PIPE',
      '--role-arn ROLE',
      `--source-parameters '${JSON.stringify({ [name]: values })}'`,
    ],
  };
}

/** A window of Kafka is 500 ms, which cannot be set again once it has been changed. */
function needsWindow({ source, messages }: MappedBatches): boolean {
  return messages > maxBatchWithoutWindow && source !== 'kafka' && source !== 'self-managed-kafka';
}

/** Returns the parallelization factor that a full shard needs. Keys stay in order. */
function shardsOf({
  source,
  perSecond = 0,
}: MappedBatches): { readonly factor: number; readonly reason: string } | undefined {
  if ((source !== 'kinesis' && source !== 'dynamodb') || perSecond <= 0) return undefined;
  const factor = Math.min(maxParallelization, Math.ceil(fullShard / perSecond));
  const total = Math.min(fullShard, Math.floor(factor * perSecond));
  const reason =
    total < fullShard
      ? `for ${total} records per second per shard (a full shard: 1,000)`
      : 'for a full shard: 1,000 records per second';
  return { factor, reason };
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
