import { defineConfig } from 'vitest/config';

/** Configures mutation tests, which run in a copy of this folder and therefore import nothing from outside. */
export default defineConfig({ test: { include: ['test/**/*.test.ts'], environment: 'node' } });
