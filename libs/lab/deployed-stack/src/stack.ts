import {
  CloudFormationClient,
  DescribeStacksCommand,
  type Output,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { LabError } from '@parallel-lambda/local-lambda';
import { outputParts, type OutputPart } from '@parallel-lambda/local-stack';

import { clientSettings, isAwsError, responseOf } from './aws.ts';

/** The event source of a function, from the outputs of the stack. */
export type EventSource =
  | { readonly kind: 'queue'; readonly queueUrl: string }
  | { readonly kind: 'kinesis'; readonly streamName: string }
  | { readonly kind: 'dynamodb'; readonly tableName: string }
  | { readonly kind: 'kafka'; readonly consumerGroup: string; readonly topic: string | undefined };

/** A function of a deployed stack. */
export interface StackFunction {
  /** Name in the lab, such as `worker-threads`. */
  readonly name: string;
  /** Name at AWS. */
  readonly functionName: string;
  readonly source: EventSource | undefined;
  readonly deadLetterQueueUrl: string | undefined;
}

/** A deployed stack, from its outputs. */
export interface DeployedStack {
  readonly name: string;
  /** Such as `eu-west-1`. */
  readonly region: string;
  /** At least one, by name. */
  readonly functions: readonly StackFunction[];
}

/**
 * Finds a deployed stack.
 *
 * @throws {LabError} `failure`, if it is not deployed, or is not a stack of this project
 */
export async function findStack(name: string): Promise<DeployedStack> {
  const client = new CloudFormationClient(clientSettings);
  const stack = await describe(client, name);
  const functions = readOutputs(stack.Outputs ?? []);
  if (functions.length === 0) {
    throw new LabError(
      'failure',
      `The stack ${name} (${stack.StackStatus ?? 'without status'}) has no output that names a function. ` +
        'Deploy it (npx nx deploy infra), or set --stack to another stack.',
    );
  }
  const region = stack.StackId?.split(':')[3] ?? (await client.config.region());
  return { name, region, functions };
}

/**
 * Finds a function of a stack by its name in the lab.
 *
 * @throws {LabError} `usage`, if the stack has no such function
 */
export function findFunction(stack: DeployedStack, name: string): StackFunction {
  const found = stack.functions.find((candidate) => candidate.name === name);
  if (found) return found;
  const names = stack.functions.map((candidate) => candidate.name).join(', ');
  throw new LabError('usage', `The stack ${stack.name} has no function ${name}. It has: ${names}.`);
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
  }
  const region = await client.config.region();
  throw new LabError(
    'failure',
    `The stack ${name} is not deployed in ${region}. Deploy it (npx nx deploy infra), or set AWS_REGION, ` +
      'AWS_PROFILE or --stack.',
  );
}

function readOutputs(outputs: readonly Output[]): readonly StackFunction[] {
  const found = new Map<string, Partial<Record<OutputPart, string>>>();
  for (const { OutputKey: key = '', OutputValue: value } of outputs) {
    const part = outputParts.find((candidate) => key.endsWith(candidate));
    if (part === undefined || value === undefined) continue;
    const name = kebabCase(key.slice(0, -part.length));
    found.set(name, { ...found.get(name), [part]: value });
  }
  // CloudFormation returns outputs in no order.
  const byName = [...found].sort(([a], [b]) => a.localeCompare(b));
  return byName.flatMap(([name, { FunctionName: functionName, DeadLetterQueueUrl, ...source }]) =>
    functionName === undefined
      ? []
      : { name, functionName, source: readSource(source), deadLetterQueueUrl: DeadLetterQueueUrl },
  );
}

function readSource(values: Partial<Record<OutputPart, string>>): EventSource | undefined {
  const { QueueUrl, StreamName, TableName, ConsumerGroup, Topic } = values;
  if (QueueUrl !== undefined) return { kind: 'queue', queueUrl: QueueUrl };
  if (StreamName !== undefined) return { kind: 'kinesis', streamName: StreamName };
  if (TableName !== undefined) return { kind: 'dynamodb', tableName: TableName };
  if (ConsumerGroup !== undefined) return { kind: 'kafka', consumerGroup: ConsumerGroup, topic: Topic };
  return undefined;
}

function kebabCase(pascalCase: string): string {
  return pascalCase.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
