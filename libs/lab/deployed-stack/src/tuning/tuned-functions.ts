import {
  type FunctionConfiguration,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { LabError } from '@parallel-lambda/local-lambda';
import { runInWaves, type MeasuredFunctions } from '@parallel-lambda/measure';
import type { Architecture } from '@parallel-lambda/report';

import { answerOf } from '../answer-of.ts';
import { clientSettings } from '../client-settings.ts';
import { findStack, findTechnique, type DeployedTechnique } from '../deployed-stack.ts';
import { RemoteFunction } from '../remote-function.ts';
import { BorrowedConfiguration } from './borrowed-configuration.ts';

/** Receives what a tuning has to report beside its result. */
export interface TuningListener {
  /** Receives a sentence that the user should read. */
  onWarning(sentence: string): void;
  /** Receives the error of each configuration that could not be restored. */
  onRestoreError(error: Error): void;
}

/**
 * Returns the functions of a deployed stack, to be measured with other configurations. Opening a function changes its
 * configuration, so one setting per function is open at a time; disposing restores it. Warns if an event source mapping
 * sends messages meanwhile.
 *
 * @param folder stores the original configurations until they are restored
 * @throws {LabError}
 */
export async function tunedFunctions(
  stackName: string,
  folder: string,
  listener: TuningListener,
): Promise<MeasuredFunctions> {
  const client = new LambdaClient(clientSettings);
  const stack = await findStack(stackName);
  const all = stack.techniques.map(
    (technique) => new BorrowedConfiguration(client, technique, folder, listener),
  );
  const configurations = await Promise.all(all.map((one) => one.current()));
  const architecture = architectureOf(all, configurations);
  await warnOfMessages(client, stack.techniques, listener);
  const borrowed = new Map(all.map((one) => [one.technique.name, one]));
  return {
    settings: all.map(({ technique }, place) => ({
      function: technique.name,
      memoryMb: configurations[place]?.MemorySize ?? 128,
    })),
    circumstances: { runtime: 'deployed', enforced: { cpu: true, memory: true }, architecture },
    run: runInWaves,
    async open(setting) {
      const configuration = borrowed.get(setting.function);
      await configuration?.change(setting);
      const opened = new RemoteFunction(findTechnique(stack, setting.function));
      return {
        async invoke(...invocation) {
          configuration?.refuseWhenOver();
          return opened.invoke(...invocation);
        },
        [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
      };
    },
    changed: () => all.flatMap((one) => one.left() ?? []),
    async [Symbol.asyncDispose]() {
      const restored = await Promise.allSettled(all.map((one) => one.restore()));
      for (const one of restored) {
        if (one.status === 'rejected') listener.onRestoreError(one.reason as Error);
      }
      client.destroy();
    },
  };
}

/**
 * Gives back what an earlier tuning left changed, because it was killed, and says what that was.
 *
 * @param folder where the configurations are kept as they were
 * @throws {LabError}
 */
export async function restoreFunctions(
  stackName: string,
  folder: string,
  log: (sentence: string) => void,
): Promise<void> {
  const client = new LambdaClient(clientSettings);
  const { techniques } = await findStack(stackName);
  for (const technique of techniques) {
    const left = await new BorrowedConfiguration(client, technique, folder, { onWarning: log }).restoreLeft();
    log(
      left
        ? `${technique.name}: has its ${left.MemorySize} MB and its variables again`
        : `${technique.name}: was not left changed by a tuning`,
    );
  }
  client.destroy();
}

/** @throws {LabError} `failure`, if they differ, because then their costs cannot be compared */
function architectureOf(
  all: readonly BorrowedConfiguration[],
  configurations: readonly FunctionConfiguration[],
): Architecture {
  const architectures = configurations.map(({ Architectures }) => Architectures?.[0] ?? 'x86_64');
  const [first = 'x86_64'] = architectures;
  if (architectures.every((architecture) => architecture === first)) return first;
  const list = all.map(({ technique }, place) => `${technique.name} on ${architectures[place] ?? ''}`);
  throw new LabError('failure', `The functions cannot be compared: ${list.join(', ')}. Deploy them alike.`);
}

async function warnOfMessages(
  client: LambdaClient,
  techniques: readonly DeployedTechnique[],
  listener: TuningListener,
): Promise<void> {
  const fed = [];
  for (const technique of techniques) if (await isFed(client, technique)) fed.push(technique.name);
  if (fed.length === 0) return;
  listener.onWarning(
    `${new Intl.ListFormat('en-GB').format(fed)} ${fed.length > 1 ? 'have' : 'has'} an active event source mapping: ` +
      'messages that come meanwhile are worked on with the changed configuration, and disturb the measuring',
  );
}

/** Whether a mapping gives it messages; by the stack's outputs, where that cannot be asked for. */
async function isFed(client: LambdaClient, { functionName, source }: DeployedTechnique): Promise<boolean> {
  try {
    const command = new ListEventSourceMappingsCommand({ FunctionName: functionName });
    const { EventSourceMappings = [] } = await answerOf(client.send(command));
    return EventSourceMappings.some(({ State }) => State === 'Enabled' || State === 'Enabling');
  } catch (error) {
    if (error instanceof LabError && error.code === 'aws-error') {
      return source !== undefined;
    }
    throw error;
  }
}
