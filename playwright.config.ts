import { defineConfig } from '@playwright/test';

// Run through `npm run test:e2e`, which packages the application first and opens a display if none is there.
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  // Each test starts an application of its own. One window at a time, as a person has it: another one that opens on the
  // same display takes the focus, and a field that loses the focus is saved.
  workers: 1,
  // Room for a start that has to be repeated: see app.ts.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list']],
});
