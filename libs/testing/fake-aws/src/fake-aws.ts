import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A response of a service. */
export interface Answer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The input of a request: the fields of the form (Query protocol), or the parsed JSON. */
export type Input = Readonly<Record<string, unknown>>;

/** Responses by action, such as `DescribeStacks`. The endpoint refuses other actions. */
export type Answers = Readonly<Record<string, (input: Input) => Answer>>;

/** An endpoint that supports the SDK's wire protocols, with given responses. */
export interface FakeAws extends AsyncDisposable {
  /** Environment variables for the SDK. */
  readonly variables: Readonly<Record<string, string>>;
  /** The requested actions, in order. */
  readonly requested: readonly string[];
}

/** Starts an endpoint on a free port. */
export async function fakeAws(answers: Answers): Promise<FakeAws> {
  const requested: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const [action, input] = read(request, body);
      requested.push(action);
      const answer =
        answers[action]?.(input) ?? jsonError('UnknownOperationException', 'No such action', 404);
      response.writeHead(answer.status ?? 200, { 'x-amzn-requestid': requestId, ...answer.headers });
      response.end(answer.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    variables: { ...noAccount, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` },
    requested,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Example credentials and a region, and no configuration of the user who runs the tests. */
export const noAccount = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_REGION: 'eu-central-1',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  // One attempt, because failures here are permanent.
  AWS_MAX_ATTEMPTS: '1',
} as const;

/** The request id of every response. */
export const requestId = '7a2cf5d0-3c4f-4e55-8a3e-2d9e1c0d4b11';

function read({ url = '', method, headers }: IncomingMessage, body: string): readonly [string, Input] {
  const [, target] = String(headers['x-amz-target'] ?? '').split('.');
  if (target) return [target, JSON.parse(body) as Input];
  if (url.endsWith('/invocations')) return ['Invoke', { url, payload: JSON.parse(body) as unknown }];
  if (url.endsWith('/configuration')) {
    if (method === 'PUT') return ['UpdateFunctionConfiguration', { url, ...(JSON.parse(body) as Input) }];
    return ['GetFunctionConfiguration', { url }];
  }
  const form = Object.fromEntries(new URLSearchParams(body));
  return [form.Action ?? url, form];
}

export function json(value: unknown): Answer {
  return { headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(value) };
}

/** An error of a service with the JSON protocol. */
export function jsonError(name: string, message: string, status = 400): Answer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: name, message }),
  };
}

/** An error of a service with the Query protocol. */
export function xmlError(name: string, message: string, status = 400): Answer {
  const error = `<Error><Type>Sender</Type><Code>${name}</Code><Message>${message}</Message></Error>`;
  return xml(`<ErrorResponse>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`, status);
}

function xml(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

/** The response to DescribeStacks. */
export function stack(outputs: Readonly<Record<string, string>>, status = 'CREATE_COMPLETE'): Answer {
  const members = Object.entries(outputs)
    .map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    )
    .join('');
  return xml(
    '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>' +
      '<Stacks><member><StackName>ParallelLambda</StackName>' +
      '<StackId>arn:aws:cloudformation:eu-central-1:123456789012:stack/ParallelLambda/1a2b3c</StackId>' +
      `<CreationTime>2026-11-25T01:00:00.000Z</CreationTime><StackStatus>${status}</StackStatus>` +
      `<Outputs>${members}</Outputs></member></Stacks>` +
      `</DescribeStacksResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></DescribeStacksResponse>`,
  );
}

/** The result of an invocation. */
export interface InvocationAnswer {
  readonly payload: string;
  readonly log?: string;
  readonly functionError?: string;
}

/** The response to Invoke. */
export function invocation({ payload, log, functionError }: InvocationAnswer): Answer {
  return {
    headers: {
      'content-type': 'application/json',
      ...(log !== undefined && { 'x-amz-log-result': Buffer.from(log).toString('base64') }),
      ...(functionError !== undefined && { 'x-amz-function-error': functionError }),
    },
    body: payload,
  };
}
