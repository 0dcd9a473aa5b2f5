import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/unit/**/*.test.ts'],
    environment: 'node',
    // Files share no state, and native addons are safer in processes than in threads.
    pool: 'forks',
    globalSetup: ['tests/stripped/prepare.ts'],
    execArgv: ['--import', path.join(import.meta.dirname, 'tests/stripped/load.mjs')],
    testTimeout: 20_000,
    restoreMocks: true,
  },
});
