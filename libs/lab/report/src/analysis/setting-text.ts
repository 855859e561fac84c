import type { Series } from '../measurements/measurements.ts';
import { counted } from '../statistics/units.ts';

/** A setting in words: `worker-threads, 1769 MB, 2 threads, 100 workers, batches of 100`. */
export function settingText({
  variant,
  setting,
  messages,
}: Pick<Series, 'variant' | 'setting' | 'messages'>): string {
  const { memoryMb, threads, workers } = setting;
  return [
    variant,
    `${memoryMb} MB`,
    ...(threads === undefined ? [] : [counted(threads, 'thread')]),
    ...(workers === undefined ? [] : [counted(workers, 'worker')]),
    `batches of ${messages}`,
  ].join(', ');
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
