import { surviveFaults, untilInterrupted } from '@parallel-lambda/command-line';
import {
  displayListeners,
  OpenedResources,
  redeployOnChange,
  serviceMap,
  stackNotes,
  StackServer,
  withSettings,
} from '@parallel-lambda/local-stack/server';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { functionOptions, useNode } from '../shared/function-options.ts';
import { warn } from '../shared/terminal.ts';
import { openStacks } from '../shared/workspace.ts';
import type { ServeOptions } from './command.ts';
import { openDisplay } from './print.ts';

/** Serves a stack until it is interrupted. */
export async function run(options: ServeOptions): Promise<ExitCode> {
  useNode(options.node);
  const synthesized = await openStacks(options);
  stackNotes(synthesized, options.verbose).forEach(warn);
  const served = withSettings(synthesized, options);
  const { folder } = served.assembly;
  await using resources = new OpenedResources();
  const display = await openDisplay(options, resources);
  const listeners = displayListeners(display);
  const { port, endpoint: endpoints, concurrency, perEnvironment: maxConcurrency } = options;
  const server = await StackServer.start(served, {
    ...listeners,
    port,
    endpoints,
    functionOptions: { ...(await functionOptions(options)), concurrency, maxConcurrency },
  });
  resources.use(server);
  display.start(serviceMap(server.endpoint, served.stacks, [...server.functions.keys()]), server);
  resources.use(redeployOnChange(server, folder, options, display, listeners.onError));
  resources.use(surviveFaults(listeners.onError));
  await untilInterrupted();
  return exitCode.success;
}
