import { EnvironmentFolder } from './environment-folder.ts';
import { leaveNothingBehind } from './leave-nothing-behind.ts';
import { removeLeftovers } from './owner/remove-leftovers.ts';
import { watchOwner } from './owner/watch-owner.ts';
import { RuntimeApi } from './runtime-api.ts';
import type { EnvironmentSettings, RuntimeSettings } from './runtime-settings.ts';
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
  readonly folder: EnvironmentFolder;
  readonly #dispose: () => void;

  private constructor(api: RuntimeApi, { sandbox, process, folder }: OpenedProcess, dispose: () => void) {
    this.api = api;
    this.sandbox = sandbox;
    this.process = process;
    this.folder = folder;
    this.#dispose = dispose;
  }

  /**
   * Opens all resources that are needed before INIT. They are released when that fails, and when this process ends.
   *
   * @param former folder of a lost environment, whose `/tmp` is taken over
   * @throws the system's error, for example if it refuses another process, file or byte
   */
  static async open(
    settings: EnvironmentSettings,
    former?: EnvironmentFolder,
  ): Promise<EnvironmentResources> {
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
    if (former) {
      cleanups.push(() => {
        former.remove();
      });
    }
    try {
      const api = await RuntimeApi.listen(settings.maxConcurrency);
      cleanups.push(() => {
        api.close();
      });
      const folder = new EnvironmentFolder(former);
      const opened = await openProcess({ ...settings, runtimeApi: api.address, folder }, cleanups);
      return new EnvironmentResources(api, opened, dispose);
    } catch (error) {
      dispose();
      throw error;
    }
  }

  /** Kills the processes, and removes everything but a folder that is kept. */
  [Symbol.dispose](): void {
    this.#dispose();
  }
}

interface OpenedProcess {
  readonly sandbox: Sandbox;
  readonly process: RuntimeProcess;
  readonly folder: EnvironmentFolder;
}

async function openProcess(settings: RuntimeSettings, cleanups: (() => void)[]): Promise<OpenedProcess> {
  const { definition, limited, folder } = settings;
  cleanups.push(() => {
    if (!folder.isKept) folder.remove();
  });
  const { tmp } = folder;
  const sandbox = limited ? openLimitedSandbox(definition.memoryMb, tmp) : new SignalledSandbox(tmp);
  cleanups.push(() => {
    sandbox.kill();
    sandbox.remove();
  });
  const process = await spawnRuntime(settings);
  cleanups.push(() => {
    process.close();
  });
  sandbox.enter(process.pid);
  folder.record(process.pid);
  return { sandbox, process, folder };
}
