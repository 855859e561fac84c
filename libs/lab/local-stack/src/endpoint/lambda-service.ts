import { LabError, maxEventBytes, type InvocationResult } from '@parallel-lambda/local-lambda';

import { isThrottled } from '../asynchronous/throttled.ts';
import type { FunctionConfiguration, ServedFunction } from '../served-function.ts';
import { changesIn, configurationOf } from './function-configuration.ts';
import { Input } from './input.ts';
import { NotServedError } from './not-served.ts';
import { reply, ServiceError, type Service, type ServiceRequest } from './reply.ts';

/** The longest event that is taken without waiting for the answer, in bytes. */
const maxAsyncEventBytes = 1_048_576;
/** Maximum size of the log that the Invoke API returns, in bytes. */
const maxTailBytes = 4096;

/**
 * The Lambda API, as far as functions are invoked and configured.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function lambdaService(functions: ReadonlyMap<string, ServedFunction>): Service {
  return async (request) => {
    const { method, url, response } = request;
    const [, date, resource, name, what] = url.pathname.split('/');
    if (date !== '2015-03-31' || resource !== 'functions') throw new NotServedError(request.operation);
    if (!name) {
      if (method !== 'GET') throw new NotServedError(request.operation);
      reply(response, 200, JSON.stringify({ Functions: [...functions.values()].map(configurationOf) }));
      return;
    }
    const served = find(functions, decodeURIComponent(name));
    if (what === 'invocations' && method === 'POST') await invoke(served, request);
    else if (what === 'configuration' && method === 'GET') {
      reply(response, 200, JSON.stringify(configurationOf(served)));
    } else if (what === 'configuration' && method === 'PUT') {
      configure(served, changesIn(Input.of(request)));
      reply(response, 200, JSON.stringify(configurationOf(served)));
    } else if (what === undefined && method === 'GET') {
      reply(response, 200, JSON.stringify({ Configuration: configurationOf(served), Code: {} }));
    } else throw new NotServedError(request.operation);
  };
}

/** @throws {ServiceError} 400, for a value with which the function cannot run here; then the former one stays */
function configure(served: ServedFunction, changes: Partial<FunctionConfiguration>): void {
  try {
    served.configure(changes);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    throw new ServiceError(400, 'InvalidParameterValueException', error.message);
  }
}

/** A function is identified by its name, its ARN or the last part of that, each with or without `:$LATEST`. */
function find(functions: ReadonlyMap<string, ServedFunction>, reference: string): ServedFunction {
  const name = /^(?:arn:aws:lambda:[^:]*:)?(?:\d{12}:)?(?:function:)?([\w-]+)(?::\$LATEST)?$/.exec(
    reference,
  )?.[1];
  const served = functions.get(name ?? '');
  if (served) return served;
  const known = [...functions.keys()].join(', ');
  throw new ServiceError(
    404,
    'ResourceNotFoundException',
    `Function not found: ${reference}. Available functions: ${known}`,
  );
}

async function invoke(served: ServedFunction, request: ServiceRequest): Promise<void> {
  const { headers, response, body } = request;
  const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const event = parse(body);
  if (type === 'DryRun') reply(response, 204, '');
  else if (type === 'Event') {
    if (body.length > maxAsyncEventBytes) throw tooLarge(maxAsyncEventBytes);
    void served.invokeLater(event);
    reply(response, 202, '');
  } else if (type === 'RequestResponse') {
    const result = await taken(served.invoke(event, { synchronous: true }));
    served.emitInvocation({ origin: 'invoke', result });
    answer(request, result);
  } else {
    const sentence = `Value '${String(type)}' at 'invocationType' must be one of Event, RequestResponse, DryRun`;
    throw new ServiceError(400, 'InvalidParameterValueException', sentence);
  }
}

function answer({ headers, response }: ServiceRequest, result: InvocationResult): void {
  const payload = result.status === 'success' ? result.payload : result.error;
  const tail = headers['x-amz-log-type'] === 'Tail' && Buffer.from(result.log).subarray(-maxTailBytes);
  reply(response, 200, serialize(payload), {
    'x-amzn-RequestId': result.requestId,
    'X-Amz-Executed-Version': '$LATEST',
    ...(result.status !== 'success' && { 'X-Amz-Function-Error': result.functionError }),
    ...(tail && { 'X-Amz-Log-Result': tail.toString('base64') }),
  });
}

/** A response without a value is empty, which JSON has no text for. */
function serialize(payload: unknown): string {
  const json = JSON.stringify(payload) as string | undefined;
  return json ?? 'null';
}

async function taken(invocation: Promise<InvocationResult>): Promise<InvocationResult> {
  try {
    return await invocation;
  } catch (error) {
    if (isThrottled(error)) throw new ServiceError(429, 'TooManyRequestsException', error.message);
    if (error instanceof LabError && error.code === 'event-too-large') throw tooLarge(maxEventBytes);
    throw error;
  }
}

/** An invocation without a body has an empty object for its event. */
function parse(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch (error) {
    const sentence = `Could not parse request body into json: ${(error as Error).message}`;
    throw new ServiceError(400, 'InvalidRequestContentException', sentence);
  }
}

/** @param longest in bytes */
export function tooLarge(longest: number): ServiceError {
  const sentence = `Request must be smaller than ${longest} bytes for the InvokeFunction operation`;
  return new ServiceError(413, 'RequestTooLargeException', sentence);
}
