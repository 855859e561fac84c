import { onTestFinished } from 'vitest';

/**
 * Collects the rejections that nobody handles, until the test ends. The test runner's own listener would fail the
 * run for them, so it is put aside meanwhile.
 */
export function straysTo(process: NodeJS.Process): readonly unknown[] {
  const strays: unknown[] = [];
  const others = process.listeners('unhandledRejection');
  const collect = (reason: unknown): void => {
    strays.push(reason);
  };
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', collect);
  onTestFinished(() => {
    process.off('unhandledRejection', collect);
    for (const other of others) process.on('unhandledRejection', other);
  });
  return strays;
}
