import {
  CloudFormationClient,
  DescribeStacksCommand,
  type Output,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { LabError } from '@parallel-lambda/local-lambda';
import { outputParts, type OutputPart } from '@parallel-lambda/local-stack';

import { clientSettings, isAwsError, responseOf, servedHint } from './aws.ts';

/** The event source of a function, from the outputs of the stack. */
export type EventSource =
  | { readonly kind: 'queue'; readonly queueUrl: string }
  | { readonly kind: 'kinesis'; readonly streamName: string }
  | { readonly kind: 'dynamodb'; readonly tableName: string }
  | { readonly kind: 'sns'; readonly topicArn: string }
  | { readonly kind: 'kafka'; readonly consumerGroup?: string; readonly topic: string | undefined };

/** A function of a deployed stack. */
export interface StackFunction {
  /** Name in the lab, such as `worker-threads`. */
  readonly name: string;
  /** Name at AWS. */
  readonly functionName: string;
  readonly source: EventSource | undefined;
  readonly deadLetterQueueUrl: string | undefined;
  readonly parkingQueueUrl: string | undefined;
  /** Other names of a served function: its logical id and its construct path. */
  readonly aliases: readonly string[];
}

/** A queue or an SNS topic of a stack that the lab serves. */
export interface StackPlace {
  readonly name: string;
  /** Its logical id and its construct path. */
  readonly aliases: readonly string[];
  readonly source: EventSource;
}

/** A deployed stack, from its outputs. */
export interface DeployedStack {
  readonly name: string;
  /** Such as `eu-west-1`. */
  readonly region: string;
  /** Outputs by name. */
  readonly functions: readonly StackFunction[];
  /** All queues and SNS topics of a stack that the lab serves. A deployed stack does not name them. */
  readonly places: readonly StackPlace[];
}

/**
 * Finds a deployed stack.
 *
 * @throws {LabError} `failure`, if it is not deployed, or is not a stack of this project
 */
export async function findStack(name: string): Promise<DeployedStack> {
  const client = new CloudFormationClient(clientSettings);
  const stack = await describe(client, name);
  const { functions, places } = readOutputs(stack.Outputs ?? []);
  if (functions.length === 0 && places.length === 0) {
    throw new LabError(
      'failure',
      `The stack ${name} (${stack.StackStatus ?? 'without status'}) has no output that names a function. ` +
        'Deploy it again, or set --stack to another stack.',
    );
  }
  const region = stack.StackId?.split(':')[3] ?? (await client.config.region());
  return { name: stack.StackName ?? name, region, functions, places };
}

/**
 * Finds a function of a stack by its name in the lab.
 *
 * @throws {LabError} `usage`, if the stack has no such function
 */
export function findFunction(stack: DeployedStack, name: string): StackFunction {
  const found = byName(stack.functions, name);
  if (found) return found;
  const names = stack.functions.map((candidate) => candidate.name).join(', ');
  const places = stack.places.map((candidate) => candidate.name).join(', ');
  const others = places === '' ? '' : ` Its queues and topics: ${places}.`;
  throw new LabError('usage', `The stack ${stack.name} has no function ${name}. It has: ${names}.${others}`);
}

/** Finds the item with a name, or else the item with that alias. */
export function byName<T extends { readonly name: string; readonly aliases: readonly string[] }>(
  all: readonly T[],
  name: string,
): T | undefined {
  return (
    all.find((candidate) => candidate.name === name) ?? all.find(({ aliases }) => aliases.includes(name))
  );
}

async function describe(client: CloudFormationClient, name: string): Promise<Stack> {
  try {
    const { Stacks: [stack] = [] } = await responseOf(
      client.send(new DescribeStacksCommand({ StackName: name })),
    );
    if (stack) return stack;
  } catch (error) {
    // CloudFormation's error for a stack that does not exist.
    if (!isAwsError(error, 'ValidationError')) throw error;
    const served = await servedStack(client);
    if (served) return served;
  }
  const region = await client.config.region();
  throw new LabError(
    'failure',
    `The stack ${name} is not deployed in ${region}. Deploy it, or set AWS_REGION, AWS_PROFILE or --stack.` +
      servedHint(),
  );
}

/** Returns all stacks that an endpoint serves, as one. */
async function servedStack(client: CloudFormationClient): Promise<Stack | undefined> {
  if (!process.env.AWS_ENDPOINT_URL) return undefined;
  try {
    const { Stacks: stacks = [] } = await responseOf(client.send(new DescribeStacksCommand({})));
    const [first] = stacks;
    const names = stacks.map(({ StackName: name }) => name).join(', ');
    return first && { ...first, StackName: names, Outputs: stacks.flatMap(({ Outputs = [] }) => Outputs) };
  } catch (error) {
    if (error instanceof LabError) return undefined;
    throw error;
  }
}

type Parts = Partial<Record<OutputPart | 'Alias0' | 'Alias1', string>>;

function readOutputs(outputs: readonly Output[]): Pick<DeployedStack, 'functions' | 'places'> {
  const found = new Map<string, Parts>();
  // A served stack has outputs of all its functions beside those of its template.
  const located = outputs.filter(({ OutputKey: key }) => key?.includes(':'));
  for (const { OutputKey: key = '', OutputValue: value } of located.length > 0 ? located : outputs) {
    const [name, part] = splitKey(key);
    if (part !== undefined && value !== undefined) found.set(name, { ...found.get(name), [part]: value });
  }
  // CloudFormation returns outputs in no order.
  const sorted = [...found].sort(([a], [b]) => a.localeCompare(b));
  const entries = sorted.map(([name, { Alias0, Alias1, ...parts }]) => ({
    name,
    aliases: [Alias0, Alias1].filter((alias) => alias !== undefined),
    parts,
  }));
  return {
    functions: entries.flatMap(({ name, aliases, parts }) => {
      const { FunctionName: functionName, DeadLetterQueueUrl, ParkingQueueUrl, ...source } = parts;
      if (functionName === undefined) return [];
      const queues = { deadLetterQueueUrl: DeadLetterQueueUrl, parkingQueueUrl: ParkingQueueUrl };
      return { name, functionName, source: readSource(source), ...queues, aliases };
    }),
    places: entries.flatMap(({ name, aliases, parts: { FunctionName, ...parts } }) => {
      const source = FunctionName === undefined ? readSource(parts) : undefined;
      return source?.kind === 'queue' || source?.kind === 'sns' ? [{ name, aliases, source }] : [];
    }),
  };
}

/** The outputs of a served stack have a colon before the part, which those of a template cannot have. */
function splitKey(key: string): readonly [name: string, part: string | undefined] {
  const colon = key.lastIndexOf(':');
  if (colon >= 0) return [key.slice(0, colon), key.slice(colon + 1)];
  const part = outputParts.find((candidate) => key.endsWith(candidate));
  return part === undefined ? [key, undefined] : [kebabCase(key.slice(0, -part.length)), part];
}

function readSource(values: Partial<Record<OutputPart, string>>): EventSource | undefined {
  const { QueueUrl, StreamName, TableName, ConsumerGroup, Topic, TopicArn } = values;
  if (QueueUrl !== undefined) return { kind: 'queue', queueUrl: QueueUrl };
  if (StreamName !== undefined) return { kind: 'kinesis', streamName: StreamName };
  if (TableName !== undefined) return { kind: 'dynamodb', tableName: TableName };
  if (ConsumerGroup !== undefined) return { kind: 'kafka', consumerGroup: ConsumerGroup, topic: Topic };
  if (Topic !== undefined) return { kind: 'kafka', topic: Topic };
  return TopicArn === undefined ? undefined : { kind: 'sns', topicArn: TopicArn };
}

function kebabCase(pascalCase: string): string {
  return pascalCase.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
