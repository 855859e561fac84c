import { tests } from '../../vitest.shared.ts';
import { runtimeUnderTest } from './test-built/runtime-under-test.ts';

const { name, installed } = runtimeUnderTest;
if (!installed) {
  console.warn(`${name} is not installed, so its tests are skipped: npm i --no-save aws-lambda-ric@4.0.2`);
}

export default tests('test-built/**/*.test.ts', 'test-built');
