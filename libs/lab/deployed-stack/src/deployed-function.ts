import { InvokeCommand, LambdaClient, type InvokeCommandOutput } from '@aws-sdk/client-lambda';
import {
  LabError,
  maxEventBytes,
  type InvocableFunction,
  type Invocation,
  type InvocationError,
} from '@parallel-lambda/local-lambda';

import { clientSettings, responseFrom } from './aws.ts';
import { readReport } from './read-report.ts';
import { findFunction, findStack, type StackFunction } from './stack.ts';

/** Bytes of the log that the Invoke API returns. */
const maxLogBytes = 4096;

/** Opens a function of a deployed stack by its name in the lab. */
export async function openDeployedFunction(stackName: string, name: string): Promise<DeployedFunction> {
  return new DeployedFunction(findFunction(await findStack(stackName), name));
}

/**
 * A deployed function. It is invoked synchronously; its log is the last 4 KB, which the Invoke API returns.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export class DeployedFunction implements InvocableFunction {
  readonly #function: StackFunction;
  readonly #client = new LambdaClient({
    ...clientSettings,
    // No request timeout: an invocation can take 15 minutes.
    requestHandler: { connectionTimeout: clientSettings.requestHandler.connectionTimeout },
  });

  constructor(stackFunction: StackFunction) {
    this.#function = stackFunction;
  }

  /**
   * Invokes the function and waits for its response.
   *
   * @param event is sent as JSON; `undefined` as `null`
   * @returns also if the function fails
   * @throws {LabError} if the function was not invoked
   */
  async invoke(
    event: unknown,
    { onLog }: Parameters<InvocableFunction['invoke']>[1] = {},
  ): Promise<Invocation> {
    const output = await this.#send(serialize(event));
    const log = Buffer.from(output.LogResult ?? '', 'base64').toString();
    if (Buffer.byteLength(log) >= maxLogBytes) onLog?.('[only the end of the log is available]');
    if (log !== '') onLog?.(log.trimEnd());
    return {
      ...readResult(output),
      requestId: output.$metadata.requestId ?? '',
      log,
      report: readReport(log) ?? null,
    };
  }

  #send(payload: string): Promise<InvokeCommandOutput> {
    const { name, functionName } = this.#function;
    const command = new InvokeCommand({
      FunctionName: functionName,
      Payload: Buffer.from(payload),
      LogType: 'Tail',
    });
    return responseFrom(`The function of ${name}, ${functionName},`, this.#client.send(command));
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#client.destroy();
    return Promise.resolve();
  }
}

function serialize(event: unknown): string {
  const json = (JSON.stringify(event) as string | undefined) ?? 'null';
  const size = Buffer.byteLength(json);
  if (size <= maxEventBytes) return json;
  throw new LabError('event-too-large', `The event has ${size} bytes, but Lambda accepts ${maxEventBytes}.`);
}

type Result =
  | Pick<Extract<Invocation, { status: 'success' }>, 'status' | 'payload'>
  | Pick<Exclude<Invocation, { status: 'success' }>, 'status' | 'functionError' | 'error'>;

function readResult({ Payload, FunctionError }: InvokeCommandOutput): Result {
  const text = Payload?.transformToString() ?? '';
  if (FunctionError === undefined) return { status: 'success', payload: parse(text) };
  const error = readError(text);
  const timedOut =
    error.errorType === 'Sandbox.Timedout' || error.errorMessage.includes('Task timed out after');
  return { status: timedOut ? 'timeout' : 'error', functionError: 'Unhandled', error };
}

/** A handler that returns nothing has an empty response or `null`. */
function parse(text: string): unknown {
  return text === '' ? null : (JSON.parse(text) as unknown);
}

function readError(text: string): InvocationError {
  const { errorType, errorMessage, trace } = parseError(text);
  return {
    // Errors of Lambda itself have no type.
    errorType: errorType ?? 'Unhandled',
    errorMessage: errorMessage ?? text,
    ...(trace && { trace }),
  };
}

/** A runtime can report any text as an error. */
function parseError(text: string): Partial<InvocationError> {
  try {
    return Object(JSON.parse(text)) as Partial<InvocationError>;
  } catch {
    return {};
  }
}
