import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The example stands for what users write: it imports the package by its name, so it runs on what `npm run build` made.
    include: ['test/**/*.test.ts', 'examples/unit-test/*.test.ts'],
    // Properties and fresh processes take their time on a slow machine; nothing is asserted about it.
    testTimeout: 30_000,
    reporters: ['default', './test/reporter.ts'],
    // What the SDK has to say about Node 20 would stand in every run.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    coverage: { include: ['src/**/*.ts'] },
  },
});
