import { EnvironmentFolder } from './environment-folder.ts';
import { leaveNothingBehind } from './leave-nothing-behind.ts';
import { removeLeftovers } from './owner/remove-leftovers.ts';
import { watchOwner } from './owner/watch-owner.ts';
import { RuntimeApi } from './runtime-api.ts';
import type { EnvironmentSettings } from './runtime-settings.ts';
import { openLimitedSandbox } from './sandbox/open-sandbox.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { SignalledSandbox } from './sandbox/signalled-sandbox.ts';
import { spawnRuntime, type RuntimeProcess } from './spawn-runtime.ts';

/** Resources of an environment: a server, a folder, and processes in a sandbox. */
export class EnvironmentResources implements Disposable {
  static #isFirst = true;

  readonly api: RuntimeApi;
  readonly sandbox: Sandbox;
  readonly process: RuntimeProcess;
  readonly #dispose: () => void;

  private constructor(
    api: RuntimeApi,
    { sandbox, process }: { readonly sandbox: Sandbox; readonly process: RuntimeProcess },
    dispose: () => void,
  ) {
    this.api = api;
    this.sandbox = sandbox;
    this.process = process;
    this.#dispose = dispose;
  }

  /**
   * Opens all that is needed before INIT begins. When that fails nothing is left of it, and when this process ends neither.
   *
   * @throws what the system refuses, such as a further process, file or byte
   */
  static async open(settings: EnvironmentSettings): Promise<EnvironmentResources> {
    if (EnvironmentResources.#isFirst) {
      removeLeftovers();
      watchOwner();
    }
    EnvironmentResources.#isFirst = false;
    const cleanups: (() => void)[] = [];
    const dispose = (): void => {
      for (const cleanup of cleanups.splice(0).reverse()) cleanup();
    };
    cleanups.push(leaveNothingBehind(dispose));
    try {
      const api = await RuntimeApi.listen(settings.maxConcurrency);
      cleanups.push(() => {
        api.close();
      });
      return new EnvironmentResources(api, await openProcess(settings, api, cleanups), dispose);
    } catch (error) {
      dispose();
      throw error;
    }
  }

  /** Kills the processes, and removes everything. */
  [Symbol.dispose](): void {
    this.#dispose();
  }
}

async function openProcess(
  settings: EnvironmentSettings,
  api: RuntimeApi,
  cleanups: (() => void)[],
): Promise<{ readonly sandbox: Sandbox; readonly process: RuntimeProcess }> {
  const { definition, limited } = settings;
  const folder = new EnvironmentFolder();
  cleanups.push(() => {
    folder.remove();
  });
  const { tmp } = folder;
  const sandbox = limited ? openLimitedSandbox(definition.memoryMb, tmp) : new SignalledSandbox(tmp);
  cleanups.push(() => {
    sandbox.kill();
    sandbox.remove();
  });
  const process = await spawnRuntime({ ...settings, runtimeApi: api.address, folder });
  cleanups.push(() => {
    process.close();
  });
  sandbox.enter(process.pid);
  folder.record(process.pid);
  return { sandbox, process };
}
