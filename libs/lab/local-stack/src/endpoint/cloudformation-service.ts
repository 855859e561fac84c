import type { FunctionDefinition } from '@parallel-lambda/local-lambda';

import { locationOutputs } from '../location-outputs.ts';
import { arnOf } from '../stack/names.ts';
import { type Stack } from '../stack/read-stacks.ts';
import { NotServedError } from './not-served.ts';
import { ServiceError, type Service } from './reply.ts';
import { element, escapeXml, replyInXml } from './xml.ts';

/**
 * CloudFormation's `DescribeStacks`: the served resources, as outputs of their stacks.
 *
 * @param endpoint where queues are served
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 */
export function cloudFormationService(
  stacks: readonly Stack[],
  functions: readonly FunctionDefinition[],
  endpoint: string,
): Service {
  const startedAt = new Date().toISOString();
  return ({ body, operation, response }) => {
    const parameters = new URLSearchParams(body.toString());
    if (operation.operation !== 'DescribeStacks') throw new NotServedError(operation);
    const name = parameters.get('StackName');
    const found = stacks.filter((stack) => name === null || [stack.name, idOf(stack)].includes(name));
    if (name !== null && found.length === 0) {
      const known = stacks.map((stack) => stack.name).join(', ');
      throw new ServiceError(
        400,
        'ValidationError',
        `Stack with id ${name} does not exist. Available stacks: ${known}`,
      );
    }
    const locations = locationOutputs(stacks, functions, endpoint);
    const members = found
      .map((stack) => describe(stack, [...stack.outputs(endpoint), ...locations(stack)], startedAt))
      .join('');
    const result = element('DescribeStacksResult', element('Stacks', members));
    replyInXml(response, 200, 'DescribeStacksResponse', result);
  };
}

function describe(
  stack: Stack,
  known: readonly (readonly [key: string, value: string])[],
  startedAt: string,
): string {
  const outputs = known.map(([key, value]) =>
    element('member', element('OutputKey', key) + element('OutputValue', escapeXml(value))),
  );
  return element(
    'member',
    element('StackId', idOf(stack)) +
      element('StackName', stack.name) +
      element('CreationTime', startedAt) +
      element('StackStatus', 'CREATE_COMPLETE') +
      element('Outputs', outputs.join('')),
  );
}

function idOf({ name }: Stack): string {
  return arnOf('cloudformation', `stack/${name}/00000000-0000-4000-8000-000000000000`);
}
