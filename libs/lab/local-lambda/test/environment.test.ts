import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { LocalFunction, type FunctionDefinition } from '../src/index.ts';
import { isolation } from '../src/sandbox/isolation.ts';
import { definition } from './definition.ts';
import { runtimes } from './runtimes.ts';

const { isolated } = isolation();
const taskRoot = isolated ? '/var/task' : realpathSync(definition('handlers', '').codeFolder);
const anyTmp = expect.stringContaining(tmpdir()) as unknown;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.for(runtimes)('the environment of a function on $name', ({ options, skip }) => {
  const payloadOf = async (handler: string, changes?: Partial<FunctionDefinition>): Promise<unknown> => {
    await using local = new LocalFunction(definition('handlers', `handlers.${handler}`, changes), options);
    const result = await local.invoke({});
    return result.status === 'success' ? result.payload : result.error;
  };

  describe.skipIf(skip)('holds', () => {
    it("Lambda's variables and the function's own, and nothing else of this process's", async () => {
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a secret');
      vi.stubEnv('NODE_OPTIONS', '--no-warnings');
      vi.stubEnv('AWS_REGION', 'eu-central-1');
      const { _X_AMZN_TRACE_ID, ...variables } = (await payloadOf('environment', {
        environment: { TABLE: 'orders', TZ: 'Europe/Berlin', AWS_LAMBDA_FUNCTION_NAME: 'not to be set' },
      })) as Record<string, string>;
      expect(_X_AMZN_TRACE_ID).toMatch(/^Root=1-[\da-f]{8}-[\da-f]{24};Parent=[\da-f]{16};Sampled=0$/);
      expect(variables).toEqual({
        _HANDLER: 'handlers.environment',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_DEFAULT_REGION: 'eu-central-1',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
        AWS_LAMBDA_FUNCTION_NAME: 'fixture',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fixture',
        AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(
          /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][\da-f]{32}$/,
        ) as unknown,
        AWS_LAMBDA_RUNTIME_API: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as unknown,
        AWS_REGION: 'eu-central-1',
        LAMBDA_RUNTIME_DIR: expect.any(String) as unknown,
        LAMBDA_TASK_ROOT: taskRoot,
        LANG: 'en_US.UTF-8',
        NODE_PATH: `/opt/nodejs/node24/node_modules:/opt/nodejs/node_modules:${taskRoot}`,
        PATH: expect.stringMatching(/:\/usr\/local\/bin:\/usr\/bin:\/bin:\/opt\/bin$/) as unknown,
        TABLE: 'orders',
        ...(!isolated && { TMPDIR: anyTmp, HOME: anyTmp }),
        TZ: 'Europe/Berlin',
      });
    });

    it('the log format and level, where the function has JSON logs', async () => {
      expect(await payloadOf('environment', { logFormat: 'JSON', logLevel: 'WARN' })).toMatchObject({
        AWS_LAMBDA_LOG_FORMAT: 'JSON',
        AWS_LAMBDA_LOG_LEVEL: 'WARN',
        TZ: ':UTC',
      });
    });

    it('the folder of the code as the working directory', async () => {
      expect(await payloadOf('workingDirectory')).toBe(taskRoot);
    });

    it('the memory size as bounds of the heap', async () => {
      const flags = (await payloadOf('flags', { memoryMb: 1000 })) as readonly string[];
      expect(flags.filter((flag) => flag.startsWith('--max'))).toEqual([
        '--max-semi-space-size=50',
        '--max-old-space-size=900',
      ]);
    });
  });

  it.skipIf(skip)('is overridden by what the caller asks for', async () => {
    const overrides = { memoryMb: 512, timeoutSeconds: 5, environment: { WORKERS: '7', TABLE: 'other' } };
    await using local = new LocalFunction(
      definition('handlers', 'handlers.environment', { environment: { TABLE: 'orders', KEPT: 'yes' } }),
      { ...options, overrides },
    );
    const result = await local.invoke({});
    expect(result).toMatchObject({
      payload: { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512', WORKERS: '7', TABLE: 'other', KEPT: 'yes' },
      report: { memorySizeMb: 512 },
    });
    expect(local.definition).toMatchObject({ memoryMb: 512, timeoutSeconds: 5 });
  });

  it.skipIf(skip)('gives the handler its context', async () => {
    await using local = new LocalFunction(definition('handlers', 'handlers.context'), options);
    const result = await local.invoke({});
    expect(result).toMatchObject({
      status: 'success',
      payload: {
        awsRequestId: result.requestId,
        functionName: 'fixture',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fixture',
        memoryLimitInMB: '256',
        logGroupName: '/aws/lambda/fixture',
        logStreamName: expect.stringContaining('[$LATEST]') as unknown,
        keys: [
          'awsRequestId',
          'clientContext',
          'functionName',
          'functionVersion',
          'getRemainingTimeInMillis',
          'identity',
          'invokedFunctionArn',
          'logGroupName',
          'logStreamName',
          'memoryLimitInMB',
          'tenantId',
          'xRayTraceId',
        ],
      },
    });
    const { remainingMs } = (result.status === 'success' ? result.payload : {}) as { remainingMs: number };
    expect(remainingMs).toBeGreaterThan(0);
    expect(remainingMs).toBeLessThanOrEqual(20_000);
  });
});

describe('the report of an invocation', () => {
  it('bills INIT to the invocation that began with it', async () => {
    await using echo = new LocalFunction(definition('handlers', 'handlers.echo'));
    const { report: cold } = await echo.invoke({});
    const { report: warm } = await echo.invoke({});
    expect(cold.billedDurationMs).toBe(Math.ceil((cold.initDurationMs ?? Number.NaN) + cold.durationMs));
    expect(warm).not.toHaveProperty('initDurationMs');
    expect(warm.billedDurationMs).toBe(Math.ceil(warm.durationMs));
  });

  // Without a control group it is counted in steps of 10 ms.
  it.skipIf(process.platform !== 'linux').each([{}, { limits: 'enforced' } as const])(
    'has the CPU time of this invocation alone, %o',
    async (options) => {
      await using computes = new LocalFunction(definition('handlers', 'handlers.computes'), options);
      const { report: much } = await computes.invoke({ ms: 200 });
      const { report: none } = await computes.invoke({ ms: 0 });
      expect(much.cpuTimeMs).toBeGreaterThanOrEqual(190);
      expect(none.cpuTimeMs).toBeLessThan(much.cpuTimeMs ?? 0);
    },
  );

  it('has the memory that the process used at most, even if it was freed since', async () => {
    await using allocate = new LocalFunction(definition('handlers', 'handlers.allocate'));
    const { report: before } = await allocate.invoke({ mb: 0 });
    const { report: after } = await allocate.invoke({ mb: 100 });
    expect(before.maxMemoryUsedMb).toBeGreaterThan(20);
    expect(after.maxMemoryUsedMb).toBeGreaterThan(before.maxMemoryUsedMb + 90);
  });
});
