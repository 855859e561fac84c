import { InvokeCommand, LambdaClient, type InvokeCommandOutput } from '@aws-sdk/client-lambda';
import {
  type InvocableFunction,
  type Invocation,
  type InvocationError,
  type InvokeOptions,
  longestEvent,
} from '@parallel-lambda/local-lambda';

import { clientSettings } from './client-settings.ts';
import { findStack, findTechnique, type DeployedTechnique } from './deployed-stack.ts';
import { unlessMissing } from './missing.ts';
import { readReport } from './read-report.ts';
import { LabError } from '@parallel-lambda/local-lambda';

/** What the Invoke API keeps of a log, in bytes. */
const longestTail = 4096;

/** A function of a stack, found by the technique's name. */
export async function openRemoteFunction(stackName: string, name: string): Promise<RemoteFunction> {
  return new RemoteFunction(findTechnique(await findStack(stackName), name));
}

/**
 * A deployed function, as it is deployed. It is invoked synchronously; its log is what the Invoke API tells of it,
 * the last 4 kB.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export class RemoteFunction implements InvocableFunction {
  readonly technique: DeployedTechnique;
  readonly #client = new LambdaClient({
    ...clientSettings,
    // A function may take as long as its timeout, up to 15 minutes.
    requestHandler: { connectionTimeout: clientSettings.requestHandler.connectionTimeout },
  });

  constructor(technique: DeployedTechnique) {
    this.technique = technique;
  }

  /**
   * Invokes the function and waits for its answer.
   *
   * @param event what JSON can express; `undefined` is `null`
   * @returns whatever becomes of the function: it rejects only when there was no invocation
   * @throws {LabError}
   */
  async invoke(event: unknown, { onLog }: InvokeOptions = {}): Promise<Invocation> {
    const output = await this.#send(serialize(event));
    const log = Buffer.from(output.LogResult ?? '', 'base64').toString();
    if (Buffer.byteLength(log) >= longestTail) onLog?.('[the log began earlier: this is the end of it]');
    if (log !== '') onLog?.(log.trimEnd());
    return {
      ...readResult(output),
      requestId: output.$metadata.requestId ?? '',
      log,
      report: readReport(log) ?? null,
    };
  }

  #send(payload: string): Promise<InvokeCommandOutput> {
    const { name, functionName } = this.technique;
    const command = new InvokeCommand({
      FunctionName: functionName,
      Payload: Buffer.from(payload),
      LogType: 'Tail',
    });
    return unlessMissing(`The function of ${name}, ${functionName},`, this.#client.send(command));
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#client.destroy();
    return Promise.resolve();
  }
}

function serialize(event: unknown): string {
  const json = (JSON.stringify(event) as string | undefined) ?? 'null';
  const size = Buffer.byteLength(json);
  if (size <= longestEvent) return json;
  throw new LabError('usage', `The event has ${size} bytes; Lambda takes no more than ${longestEvent}.`);
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
    // Lambda names no type where the error is its own.
    errorType: errorType ?? 'Unhandled',
    errorMessage: errorMessage ?? text,
    ...(trace && { trace }),
  };
}

/** A runtime can report any text at all. */
function parseError(text: string): Partial<InvocationError> {
  try {
    return Object(JSON.parse(text)) as Partial<InvocationError>;
  } catch {
    return {};
  }
}
