import type { Technique } from '../techniques.ts';

/** Where messages come from: an SQS queue, an SQS FIFO queue, a Kinesis stream, a DynamoDB table's stream, a Kafka topic. */
export const sourceNames = ['sqs', 'fifo', 'kinesis', 'dynamodb', 'kafka'] as const;

/** One of them, as `--context source=…` names it. */
export type SourceName = (typeof sourceNames)[number];

/** What a stack is deployed with: the same for every technique, so that a comparison compares the techniques. */
export interface Settings {
  /**
   * Where the messages come from.
   * @default sqs
   */
  readonly source: SourceName;
  /**
   * Which techniques are deployed.
   * @default all of them
   */
  readonly techniques: readonly Technique[];
  /**
   * The memory in MB, and by it the share of CPU (1,769 MB buy one vCPU): 128 to 10,240. On managed instances 2,048 to
   * 32,768, where 2,048 MB come with one vCPU.
   * @default 3008: 1.7 vCPUs, so two threads, and the most that a new account may have; on managed instances 4096
   */
  readonly memory: number;
  /**
   * After how many seconds Lambda kills the function and delivers the whole batch again: 1 to 900.
   * @default 30
   */
  readonly timeout: number;
  /**
   * The processor.
   * @default arm64, a fifth cheaper than x86_64
   */
  readonly architecture: 'arm64' | 'x86_64';
  /**
   * Messages that one function has in work at one time: 1 to 10,000.
   * @default - what the technique takes by itself, 100
   */
  readonly workers?: number;
  /**
   * Threads of the technique that has some: 1 to 64.
   * @default - one for each vCPU that the memory buys
   */
  readonly threads?: number;
  /**
   * The most messages in a batch: 1 to 10,000, FIFO 1 to 10; more than 10 need a window.
   * @default 100, FIFO 10
   */
  readonly batchSize: number;
  /**
   * How many seconds Lambda gathers messages for a batch: 0 to 300, FIFO 0.
   * @default 1, the least that a batch of more than 10 needs; FIFO 0
   */
  readonly window: number;
  /**
   * Batches of one technique in work at one time. Queues: 2 to 1,000; streams: 1 to 10, of each shard. Kafka's
   * partitions decide that by themselves.
   * @default 3: three techniques stay below the 10 that a new account may have
   */
  readonly concurrency?: number;
  /**
   * What becomes of queues, streams and logs when the stack is destroyed.
   * @default destroy
   */
  readonly removalPolicy: 'destroy' | 'retain';
  /**
   * How the functions and Lambda log.
   * @default json: CloudWatch finds an entry by its fields
   */
  readonly logFormat: 'text' | 'json';
  /**
   * Whether the functions tell CloudWatch what became of each batch, by a line of their log.
   * @default on
   */
  readonly metrics: 'on' | 'off';
  /**
   * Whether X-Ray traces the functions. It costs the one permission on every resource, since X-Ray has none that
   * it could be given on.
   * @default off
   */
  readonly tracing: 'off' | 'on';
  /** The network of the instances: there where, and only where, the functions run on managed ones. */
  readonly managed?: ManagedInstancesSettings;
  /** The topic: there where, and only where, the source is Kafka. */
  readonly kafka?: KafkaSettings;
}

/** A network that is there already, and from which CloudWatch can be reached. */
export interface ManagedInstancesSettings {
  /** Ids of 1 to 16 subnets. */
  readonly subnets: readonly string[];
  /** Ids of 1 to 5 security groups. */
  readonly securityGroups: readonly string[];
}

/** A topic of a cluster that is there already. */
export interface KafkaSettings {
  /** Of an MSK cluster that takes IAM's word for who may read. */
  readonly clusterArn: string;
  readonly topic: string;
  /**
   * The most event pollers of one technique, each billed by the hour: 1 to 2,000.
   * @default 1
   */
  readonly pollers: number;
}
