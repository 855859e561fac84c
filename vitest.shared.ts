import { defineConfig, type ViteUserConfig } from 'vitest/config';

/**
 * What every project's tests share. The JSON report is what `.ci/run` adds up.
 *
 * @param include the tests of this run, relative to the project
 * @param report the report's name in the project's `test-output`
 * @param options `isolate: false` runs all files in one process, which loads large packages once. The files must not leave
 * anything behind. @default isolate true
 */
export function tests(
  include: string,
  report = 'test',
  options: { readonly isolate?: boolean } = {},
): ViteUserConfig {
  return defineConfig({
    test: {
      include: [include],
      environment: 'node',
      // Tests hold gates, so a test that exceeds this limit waits for an event that never happens.
      testTimeout: 30_000,
      reporters: ['default', 'json'],
      outputFile: { json: `test-output/${report}.json` },
      passWithNoTests: false,
      ...options,
    },
  });
}
