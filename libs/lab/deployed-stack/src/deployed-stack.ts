import {
  CloudFormationClient,
  DescribeStacksCommand,
  type Output,
  type Stack,
} from '@aws-sdk/client-cloudformation';

import { outputParts, type OutputPart } from '@parallel-lambda/local-stack';
import { answerOf, isAnswer } from './answer-of.ts';
import { clientSettings } from './client-settings.ts';
import { LabError } from '@parallel-lambda/local-lambda';

/** Where a technique's messages go, as the outputs name it. */
export type DeployedSource =
  | { readonly kind: 'queue'; readonly queueUrl: string }
  | { readonly kind: 'kinesis'; readonly streamName: string }
  | { readonly kind: 'dynamodb'; readonly tableName: string }
  | { readonly kind: 'kafka'; readonly consumerGroup: string; readonly topic: string | undefined };

/** A technique as it is deployed. */
export interface DeployedTechnique {
  /** As the lab calls it: `worker-threads`. */
  readonly name: string;
  readonly functionName: string;
  readonly source: DeployedSource | undefined;
  readonly deadLetterQueueUrl: string | undefined;
}

/** What a deployed stack's outputs say. */
export interface DeployedStack {
  readonly name: string;
  /** Such as `eu-west-1`. */
  readonly region: string;
  /** By name, at least one. */
  readonly techniques: readonly DeployedTechnique[];
}

/**
 * Finds the deployed stack with DescribeStacks.
 *
 * @param name of the stack
 * @throws {LabError} `failure`, when it is not deployed or is none of this project
 */
export async function findStack(name: string): Promise<DeployedStack> {
  const client = new CloudFormationClient(clientSettings);
  const stack = await describe(client, name);
  const techniques = readOutputs(stack.Outputs ?? []);
  if (techniques.length === 0) throw new LabError('failure', withoutFunctions(name, stack));
  const region = stack.StackId?.split(':')[3] ?? (await client.config.region());
  return { name, region, techniques };
}

async function describe(client: CloudFormationClient, name: string): Promise<Stack> {
  try {
    const { Stacks: [stack] = [] } = await answerOf(
      client.send(new DescribeStacksCommand({ StackName: name })),
    );
    if (stack) return stack;
  } catch (error) {
    // CloudFormation's way of saying that there is none.
    if (!isAnswer(error, 'ValidationError')) throw error;
  }
  const region = await client.config.region();
  throw new LabError(
    'failure',
    `The stack ${name} is not deployed in ${region}: deploy it (npx nx deploy infra), or set AWS_REGION, ` +
      'AWS_PROFILE or --stack to where it is.',
  );
}

function withoutFunctions(name: string, { StackStatus }: Stack): string {
  return (
    `The stack ${name} (${StackStatus ?? 'of no status'}) has no output that names a function: ` +
    'deploy it (npx nx deploy infra), or name another with --stack.'
  );
}

function readOutputs(outputs: readonly Output[]): readonly DeployedTechnique[] {
  const found = new Map<string, Partial<Record<OutputPart, string>>>();
  for (const { OutputKey: key = '', OutputValue: value } of outputs) {
    const part = outputParts.find((candidate) => key.endsWith(candidate));
    if (part === undefined || value === undefined) continue;
    const name = kebabCase(key.slice(0, -part.length));
    found.set(name, { ...found.get(name), [part]: value });
  }
  // CloudFormation tells them in no order.
  const byName = [...found].sort(([a], [b]) => a.localeCompare(b));
  return byName.flatMap(([name, { FunctionName: functionName, DeadLetterQueueUrl, ...source }]) =>
    functionName === undefined
      ? []
      : { name, functionName, source: readSource(source), deadLetterQueueUrl: DeadLetterQueueUrl },
  );
}

function readSource(values: Partial<Record<OutputPart, string>>): DeployedSource | undefined {
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

/** @throws {LabError} `usage`, saying which there are */
export function findTechnique(stack: DeployedStack, name: string): DeployedTechnique {
  const technique = stack.techniques.find((candidate) => candidate.name === name);
  if (technique) return technique;
  const names = stack.techniques.map((candidate) => candidate.name).join(', ');
  throw new LabError('usage', `The stack ${stack.name} has no function ${name}, but ${names}.`);
}
