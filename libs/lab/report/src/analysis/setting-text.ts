import type { Series } from '../measurements/measurements.ts';
import { counted } from '../statistics/units.ts';

/** A setting in words: `worker-threads, 1769 MB, 2 threads, 100 workers, batches of 100`. */
export function settingText({
  variant,
  setting,
  messages,
}: Pick<Series, 'variant' | 'setting' | 'messages'>): string {
  const { memoryMb, threads, workers, variables = {} } = setting;
  return [
    variant,
    `${memoryMb} MB`,
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    ...(threads === undefined ? [] : [counted(threads, 'thread')]),
    ...(workers === undefined ? [] : [workersText(workers)]),
    `batches of ${messages}`,
  ].join(', ');
}

/**
 * Returns the properties that set up a user's own function like this: in CDK, in SAM and by the AWS CLI. What the user
 * must replace is in capitals.
 */
export function propertiesOf({ setting, messages }: Series): readonly string[] {
  const { memoryMb, variables = {} } = setting;
  const names = Object.entries(variables);
  const window = messages > maxBatchWithoutWindow;
  const environment = (join: (name: string, value: string) => string): string =>
    names.map(([name, value]) => join(name, value)).join(', ');
  const cdk = environment((name, value) => `${name}: '${value}'`);
  const sam = environment((name, value) => `${name}: '${value}'`);
  const cli = names.map(([name, value]) => `${name}=${value}`).join(',');
  return [
    `CDK: memorySize: ${memoryMb}${cdk === '' ? '' : `, environment: { ${cdk} }`}; event source: batchSize: ${messages}` +
      (window ? ', maxBatchingWindow: Duration.seconds(1)' : ''),
    `SAM: MemorySize: ${memoryMb}${sam === '' ? '' : `, Environment: { Variables: { ${sam} } }`}; event: BatchSize: ${messages}` +
      (window ? ', MaximumBatchingWindowInSeconds: 1' : ''),
    `AWS CLI: aws lambda update-function-configuration --function-name NAME --memory-size ${memoryMb}` +
      (cli === '' ? '' : ` --environment 'Variables={${cli}}' (this replaces all variables)`),
    `AWS CLI: aws lambda update-event-source-mapping --uuid UUID --batch-size ${messages}` +
      (window ? ' --maximum-batching-window-in-seconds 1' : ''),
  ];
}

/** SQS needs a window for larger batches, and for streams one does no harm. */
const maxBatchWithoutWindow = 10;

/** Returns a number of workers in words, or `adaptive workers`. */
export function workersText(workers: number | 'adaptive'): string {
  return workers === 'adaptive' ? 'adaptive workers' : counted(workers, 'worker');
}

/** Commands that deploy a setting. */
export function deployCommand({ setting, messages }: Series): string {
  const { function: technique, memoryMb, workers, threads } = setting;
  const context = {
    techniques: technique,
    memory: memoryMb,
    batchSize: messages,
    ...(workers !== undefined && { workers }),
    ...(threads !== undefined && { threads }),
  };
  const options = Object.entries(context).map(([name, value]) => `--context ${name}=${value}`);
  return `npx nx deploy infra ${options.join(' ')}`;
}
