import { defineConfig } from 'vitest/config';

/** For mutation tests: they run in a copy of this folder alone, so this imports nothing from outside it. */
export default defineConfig({ test: { include: ['test/**/*.test.ts'], environment: 'node' } });
