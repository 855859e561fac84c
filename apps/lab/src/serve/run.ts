import { surviveFaults, untilInterrupted } from '@parallel-lambda/command-line';
import { LabError } from '@parallel-lambda/local-lambda';
import {
  displayListeners,
  OpenedResources,
  redeploymentText,
  serviceMap,
  stackNotes,
  StackServer,
  watchAssembly,
  withSettings,
} from '@parallel-lambda/local-stack/server';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { functionOptions } from '../shared/function-options.ts';
import { useNode } from '../shared/node.ts';
import { warn } from '../shared/terminal.ts';
import { openStacks } from '../shared/workspace.ts';
import type { ServeOptions } from './command.ts';
import { openDisplay } from './print.ts';

/** Serves a stack until it is interrupted. */
export async function run(options: ServeOptions): Promise<ExitCode> {
  useNode(options.node);
  const synthesized = await openStacks(options.assembly, options.parameter);
  stackNotes(synthesized, options.verbose).forEach(warn);
  const { assembly, stacks } = withSettings(synthesized, options);
  if (assembly.functions.length === 0) {
    throw new LabError('failure', `No stack in ${assembly.folder} holds a function that can run here`);
  }
  await using resources = new OpenedResources();
  const display = await openDisplay(options, resources);
  const listeners = displayListeners(display);
  const server = await StackServer.start(
    { assembly, stacks },
    {
      ...listeners,
      port: options.port,
      endpoints: options.endpoint,
      functionOptions: {
        ...(await functionOptions(options)),
        concurrency: options.concurrency,
        maxConcurrency: options.perEnvironment,
      },
    },
  );
  resources.use(server);
  display.start(serviceMap(server.endpoint, stacks, [...server.functions.keys()]), server);
  resources.use(
    watchAssembly(
      assembly.folder,
      {
        onChange: (changed) => {
          for (const one of server.redeploy(changed)) display.note(redeploymentText(one));
        },
        onError: listeners.onError,
      },
      options.parameter,
    ),
  );
  resources.use(surviveFaults(listeners.onError));
  await untilInterrupted();
  return exitCode.success;
}
