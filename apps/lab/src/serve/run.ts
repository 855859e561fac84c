import { localFunctionOptions, LabError, isolation } from '@parallel-lambda/local-lambda';
import { readStacks, type Assembly, type StacksOfAssembly } from '@parallel-lambda/local-stack';
import { serviceMap, StackServer, watchAssembly, withSettings } from '@parallel-lambda/local-stack/server';

import { awsCredentials } from '../shared/aws-credentials.ts';
import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { openAssembly } from '../shared/workspace.ts';
import type { ServeOptions } from './command.ts';
import { makeDisplay } from './display/display.ts';
import { noteOnce, redeploymentText } from './notes.ts';
import { surviveFaults } from './survive-faults.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Serves a stack until it is interrupted. */
export async function run(options: ServeOptions): Promise<ExitCode> {
  const synthesized = await openStacks(options.assembly, options.parameter);
  const { assembly, stacks } = withSettings(synthesized, options);
  tellWhatIsNotServed(synthesized);
  if (assembly.functions.length === 0) {
    throw new LabError('failure', `No stack in ${assembly.folder} holds a function that can run here`);
  }
  using display = makeDisplay(options.json ?? false);
  const onError = (error: unknown): void => {
    display.note(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  };
  await using server = await StackServer.start(
    { assembly, stacks },
    {
      port: options.port,
      functionOptions: {
        ...localFunctionOptions(options),
        concurrency: options.concurrency,
        maxConcurrency: options.perEnvironment,
        variables: options.awsCredentials ? await awsCredentials() : undefined,
      },
      onInvocation: (invocation) => {
        display.invocation(invocation);
      },
      onError,
      onNotServed: noteOnce(display),
    },
  );
  display.up(serviceMap(server.endpoint, stacks, [...server.functions.keys()]), server);
  const onChange = (changed: Assembly): void => {
    for (const redeployment of server.redeploy(changed)) display.note(redeploymentText(redeployment));
  };
  using meanwhile = new DisposableStack();
  meanwhile.use(watchAssembly(assembly.folder, { onChange, onError }, options.parameter));
  meanwhile.use(surviveFaults(onError));
  await untilInterrupted();
  return exitCode.success;
}

/** The stacks of an assembly, and of the workspace's only when it is what its sources would give. */
export async function openStacks(
  folder: string | undefined,
  parameters?: Readonly<Record<string, string>>,
): Promise<StacksOfAssembly> {
  return readStacks(folder ?? (await openAssembly()).folder, parameters);
}

function tellWhatIsNotServed({ assembly, stacks }: StacksOfAssembly): void {
  for (const { name, reason } of assembly.skipped) console.error(`lab: ${name} is not served: ${reason}`);
  for (const warning of stacks.flatMap(({ warnings }) => warnings)) console.error(`lab: ${warning}`);
  for (const { logicalId, type, reason } of stacks.flatMap(({ skipped }) => skipped)) {
    console.error(`lab: ${logicalId} (${type}) is passed over: ${reason}`);
  }
  for (const { name, notes } of assembly.functions)
    for (const note of notes) console.error(`lab: ${name}: ${note}`);
  const { isolated, how } = isolation();
  if (!isolated) console.error(`lab: the functions can read and change the files of this machine: ${how}`);
}
