import { tests } from '../../vitest.shared.ts';

export default tests('test-generated/**/*.test.ts', 'test-generated');
