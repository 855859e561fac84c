import { mergeConfig } from 'vitest/config';

import { tests } from '../../../vitest.shared.ts';

export default mergeConfig(tests('test-packages/**/*.test.ts', 'test-packages'), {
  test: { globalSetup: 'test-packages/global-setup.ts' },
});
