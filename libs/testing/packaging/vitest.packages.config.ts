import { tests } from '../../../vitest.shared.ts';

export default tests('test-packages/**/*.test.ts', 'test-packages');
