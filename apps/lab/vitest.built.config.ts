import { tests } from '../../vitest.shared.ts';

export default tests('test-built/**/*.test.ts', 'test-built');
