import { mergeConfig } from 'vitest/config';

import { tests } from '../../vitest.shared.ts';
import { LongestFirst } from './test-built/longest-first.ts';
import { runtimeUnderTest } from './test-built/runtime-under-test.ts';

const { name, installed, options } = runtimeUnderTest;
if (!installed) {
  console.warn(`${name} is not installed, so its tests are skipped: npm i --no-save aws-lambda-ric@4.0.2`);
}

export default mergeConfig(tests('test-built/**/*.test.ts', 'test-built'), {
  test: {
    // The commands start their functions on the lab's runtime client, whichever is under test.
    exclude: options.runtime === 'own' ? [] : ['test-built/commands/**'],
    // These tests wait for functions a quarter of their time, so two cores run three files.
    maxWorkers: 3,
    maxConcurrency: 2,
    sequence: { sequencer: LongestFirst },
  },
});
