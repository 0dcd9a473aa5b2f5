import { defineConfig } from '@playwright/test';

// Run through `npm run test:e2e`, which packages the application first and opens a display if none is there.
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  // Each test starts an application of its own; two at a time suit the smallest machine in use.
  workers: 2,
  // Room for a start that has to be repeated: see app.ts.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list']],
});
