import { expect, it } from 'vitest';

import { managedEnvironments } from '../src/assembly/managed-environments.ts';
import { functionResource, serveTemplate } from './served-template.ts';

const providerArn = 'arn:aws:lambda:eu-west-1:111122223333:capacity-provider:Instances';

/** Returns the properties of a function with this configuration of its capacity provider. */
function propertiesOf(config: object, scaling?: object): Readonly<Record<string, unknown>> {
  return {
    CapacityProviderConfig: {
      LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: providerArn, ...config },
    },
    ...(scaling && { FunctionScalingConfig: scaling }),
  };
}

it('a function without a capacity provider has none', () => {
  expect(managedEnvironments({ MemorySize: 4096 }, 4096)).toBeUndefined();
});

it('an environment takes as many concurrent invocations as in the template', () => {
  const properties = propertiesOf({ PerExecutionEnvironmentMaxConcurrency: 32 });
  expect(managedEnvironments(properties, 4096)).toEqual({ perEnvironment: 32 });
});

it.each([
  [2048, {}, 64],
  [4096, {}, 128],
  [4096, { ExecutionEnvironmentMemoryGiBPerVCpu: 4 }, 64],
  [32_768, { ExecutionEnvironmentMemoryGiBPerVCpu: '2' }, 1024],
])('with %i MB and %j it takes 64 per vCPU: %i', (memoryMb, config, perEnvironment) => {
  expect(managedEnvironments(propertiesOf(config), memoryMb)).toEqual({ perEnvironment });
});

it('there are no more environments than the template allows', () => {
  const properties = propertiesOf({}, { MinExecutionEnvironments: 1, MaxExecutionEnvironments: 20 });
  expect(managedEnvironments(properties, 2048)).toEqual({ perEnvironment: 64, maxEnvironments: 20 });
});

it.each([
  ['Managed', 5400, 32_768, 5401, 'The timeout in seconds must be a whole number from 1 to 5400, not 5401'],
  ['OnDemand', 900, 10_240, 901, 'The timeout in seconds must be a whole number from 1 to 900, not 901'],
])(
  'a function that is %s can be configured up to its limits',
  async (name, Timeout, MemorySize, more, message) => {
    await using served = await serveTemplate(
      {
        Managed: functionResource('echo', {
          MemorySize: 2048,
          CapacityProviderConfig: { Arn: providerArn, PerExecutionEnvironmentMaxConcurrency: 8 },
        }),
        OnDemand: functionResource('echo'),
      },
      { echo: 'export const handler = async () => "done";' },
    );
    const configure = async (body: object): Promise<unknown> => {
      const url = `${served.server.endpoint}/2015-03-31/functions/${name}/configuration`;
      return (await fetch(url, { method: 'PUT', body: JSON.stringify(body) })).json();
    };
    const [managed] = served.read.assembly.functions;
    expect(managed?.managedInstances).toEqual({ perEnvironment: 8 });
    expect(await configure({ Timeout, MemorySize })).toMatchObject({ Timeout, MemorySize });
    expect(await configure({ Timeout: more })).toMatchObject({ message });
    expect(served.server.functions.get(name)?.definition.timeoutSeconds).toBe(Timeout);
  },
);

it('a synchronous invocation has 900 s, a batch of a mapping the whole timeout', async () => {
  await using served = await serveTemplate(
    {
      Managed: functionResource('left', {
        MemorySize: 2048,
        Timeout: 5400,
        CapacityProviderConfig: { Arn: providerArn, PerExecutionEnvironmentMaxConcurrency: 8 },
      }),
    },
    { left: 'export const handler = async (event, context) => context.getRemainingTimeInMillis();' },
  );
  const url = `${served.server.endpoint}/2015-03-31/functions/Managed/invocations`;
  const synchronous: unknown = await (await fetch(url, { method: 'POST', body: '{}' })).json();
  expect(synchronous).toSatisfy((ms: number) => ms > 800_000 && ms <= 900_000);
  const batch = await served.server.functions.get('Managed')?.invoke({ Records: [] });
  expect(batch).toMatchObject({
    payload: expect.toSatisfy((ms: number) => ms > 5_300_000 && ms <= 5_400_000) as number,
  });
});
