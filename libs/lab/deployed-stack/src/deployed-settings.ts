import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Architecture, Setting } from '@parallel-lambda/report';

import { clientSettings } from './client-settings.ts';
import { configurationOf } from './configuration-of.ts';
import type { DeployedStack, DeployedTechnique } from './deployed-stack.ts';
import { LabError } from '@parallel-lambda/local-lambda';

/** How the functions of a stack are set up: all alike. */
export interface DeployedSettings {
  readonly techniques: readonly Setting[];
  readonly architecture: Architecture;
}

/**
 * Asks how the functions are set up.
 *
 * @throws {LabError} `failure`, when they differ: then their figures would tell that, and not the techniques
 */
export async function deployedSettings({ name, techniques }: DeployedStack): Promise<DeployedSettings> {
  const client = new LambdaClient(clientSettings);
  const all = await Promise.all(techniques.map((technique) => settingOf(client, technique)));
  const [first] = all;
  const isLike = ({ architecture, setting }: FunctionSetting): boolean =>
    architecture === first?.architecture && setting.memoryMb === first.setting.memoryMb;
  if (!first || !all.every(isLike)) {
    const list = all.map(
      ({ setting, architecture }) => `${setting.function} ${setting.memoryMb} MB on ${architecture}`,
    );
    throw new LabError(
      'failure',
      `The functions of ${name} are set up differently, so they cannot be compared: ${list.join(', ')}. Somebody ` +
        'changed them by hand; give them the same memory again.',
    );
  }
  return { techniques: all.map(({ setting }) => setting), architecture: first.architecture };
}

interface FunctionSetting {
  readonly setting: Setting;
  readonly architecture: Architecture;
}

async function settingOf(client: LambdaClient, technique: DeployedTechnique): Promise<FunctionSetting> {
  const configuration = await configurationOf(client, technique);
  const { MemorySize = 128, Architectures: [architecture = 'x86_64'] = [] } = configuration;
  return { setting: { function: technique.name, memoryMb: MemorySize }, architecture };
}
