import { mergeConfig } from 'vitest/config';

import { tests } from '../vitest.shared.ts';

export default mergeConfig(tests('test/**/*.test.ts', 'test', { isolate: false }), {
  test: { globalSetup: 'test/own-temporary-folder.ts' },
});
