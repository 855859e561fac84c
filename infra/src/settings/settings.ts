import type { Technique } from '../techniques.ts';

/** Sources: an SQS queue, an SQS FIFO queue, a Kinesis stream, the stream of a DynamoDB table, a Kafka topic. */
export const sourceNames = ['sqs', 'fifo', 'kinesis', 'dynamodb', 'kafka'] as const;

/** A source, as `--context source=…` names it. */
export type SourceName = (typeof sourceNames)[number];

/** Settings of a stack. They are the same for every technique, so that a comparison compares the techniques. */
export interface Settings {
  /** Name of the stack. @default ParallelLambda, with the source at its end unless that is `sqs` */
  readonly stackName: string;
  /** Tags of every resource. @default none */
  readonly tags: Readonly<Record<string, string>>;
  /** @default sqs */
  readonly source: SourceName;
  /** @default all */
  readonly techniques: readonly Technique[];
  /** Node.js runtime of the functions. @default nodejs24.x */
  readonly runtime: string;
  /**
   * Memory in MB, which determines the share of CPU (1,769 MB are one vCPU): 128 to 10,240. On Managed Instances 2,048 to
   * 32,768, where 2,048 MB are one vCPU.
   * @default 3008, the maximum of a new account; on Managed Instances 4096
   */
  readonly memory: number;
  /** Seconds after which Lambda stops an invocation: 1 to 900; on Managed Instances 1 to 5,400. @default 30 */
  readonly timeout: number;
  /** @default arm64, which costs 20% less than x86_64 */
  readonly architecture: 'arm64' | 'x86_64';
  /** Messages in flight per function: 1 to 10,000. @default 100, by the techniques */
  readonly workers?: number | 'adaptive';
  /** Threads of `worker-threads`: 1 to 64. @default one per vCPU */
  readonly threads?: number;
  /** Maximum messages in a batch: 1 to 10,000, FIFO 1 to 10. More than 10 need a window. @default 100, FIFO 10 */
  readonly batchSize: number;
  /** Seconds in which Lambda gathers a batch: 0 to 300, FIFO 0. @default 1, FIFO 0 */
  readonly window: number;
  /**
   * Batches in flight per technique. Queues: 2 to 1,000; streams: 1 to 10 per shard; a Kafka topic has its partitions.
   * Absent with `pollers`.
   * @default 3: three techniques stay below the 10 of a new account
   */
  readonly concurrency?: number;
  /** Event pollers of the provisioned mode, per technique. @default none; Kafka 1..1 */
  readonly pollers?: PollerSettings;
  /** Removal policy of queues, streams and logs. @default destroy */
  readonly removalPolicy: 'destroy' | 'retain';
  /** Log format of the functions and of Lambda. @default json */
  readonly logFormat: 'text' | 'json';
  /** Metrics of the batches, which the functions write to their logs. @default on */
  readonly metrics: 'on' | 'off';
  /** X-Ray tracing. It needs a permission on every resource. @default off */
  readonly tracing: 'off' | 'on';
  /** Parking queue per technique, for messages of `GiveUp`. @default off */
  readonly parking: 'off' | 'on';
  /** ARN of the SNS topic that alarms notify. @default none */
  readonly alarmTopic?: string;
  /** Set if the functions run on Managed Instances. */
  readonly managed?: ManagedInstancesSettings;
  /** Set if the source is Kafka. */
  readonly kafka?: KafkaSettings;
}

/** Event pollers, which are billed by the hour. Named as CDK names them. */
export interface PollerSettings {
  readonly minimumPollers: number;
  readonly maximumPollers: number;
  /** Kafka: mappings of one group share the capacity of their pollers. */
  readonly pollerGroupName?: string;
}

/** Settings of Managed Instances. */
export interface ManagedInstancesSettings {
  /** Ids of 1 to 16 existing subnets that reach CloudWatch. */
  readonly subnets: readonly string[];
  /** Ids of 1 to 5 security groups. */
  readonly securityGroups: readonly string[];
  /** Maximum vCPUs of all instances, which limits their cost. @default twice what the minimum environments need */
  readonly maxVcpus: number;
  /** Types of the instances. @default Lambda chooses */
  readonly instanceTypes?: readonly string[];
  /** Minimum environments of each function. @default 3, by Lambda */
  readonly minEnvironments?: number;
  /** Maximum environments of each function. @default no maximum */
  readonly maxEnvironments?: number;
  /** Maximum batches in flight per environment: 1 to 1,600. @default 64 per vCPU, by Lambda */
  readonly perEnvironment?: number;
  /** Worker threads of the Node.js runtime in each environment: 1 to 64. @default 8 per vCPU, by the runtime */
  readonly runtimeWorkers?: number;
}

/** A topic of an existing cluster. */
export interface KafkaSettings {
  /** ARN of an MSK cluster with IAM access control. */
  readonly clusterArn: string;
  readonly topic: string;
  /** ARN of a Glue schema registry that validates and decodes values. @default none */
  readonly schemaRegistry?: string;
}
