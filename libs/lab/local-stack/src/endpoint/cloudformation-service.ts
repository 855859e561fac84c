import { randomUUID } from 'node:crypto';

import { account } from '../stack/names.ts';
import { type Stack } from '../stack/read-stacks.ts';

import { reply, ServiceError, type Service, type ServiceRequest } from './reply.ts';

const namespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/**
 * CloudFormation's `DescribeStacks`: what is served, as outputs of its stacks.
 *
 * @param endpoint where queues are served
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 */
export function cloudFormationService(stacks: readonly Stack[], endpoint: string): Service {
  const startedAt = new Date().toISOString();
  return ({ body, response }) => {
    const parameters = new URLSearchParams(body.toString());
    const action = parameters.get('Action');
    if (action !== 'DescribeStacks') {
      throw new ServiceError(
        400,
        'InvalidAction',
        `The action ${action ?? ''} of CloudFormation is not served here`,
      );
    }
    const name = parameters.get('StackName');
    const found = stacks.filter((stack) => name === null || [stack.name, idOf(stack)].includes(name));
    if (name !== null && found.length === 0) {
      const known = stacks.map((stack) => stack.name).join(', ');
      throw new ServiceError(
        400,
        'ValidationError',
        `Stack with id ${name} does not exist; there is: ${known}`,
      );
    }
    const members = found.map((stack) => describe(stack, endpoint, startedAt)).join('');
    const result = element('DescribeStacksResult', element('Stacks', members));
    reply(response, 200, document('DescribeStacksResponse', result), xml);
  };
}

/** Answers an error as services with the Query protocol do. */
export function refuseInXml({ response }: ServiceRequest, { status, code, message }: ServiceError): void {
  const error = element('Type', 'Sender') + element('Code', code) + element('Message', escape(message));
  reply(response, status, document('ErrorResponse', element('Error', error)), xml);
}

const xml = { 'Content-Type': 'text/xml' };

function describe(stack: Stack, endpoint: string, startedAt: string): string {
  const outputs = [...stack.outputs(endpoint)].map(([key, value]) =>
    element('member', element('OutputKey', key) + element('OutputValue', escape(value))),
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
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1';
  return `arn:aws:cloudformation:${region}:${account}:stack/${name}/00000000-0000-4000-8000-000000000000`;
}

function document(name: string, content: string): string {
  const metadata = element('ResponseMetadata', element('RequestId', randomUUID()));
  return `<?xml version="1.0"?><${name} xmlns="${namespace}">${content}${metadata}</${name}>`;
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
