import { defineConfig } from 'vitest/config'

const shared = ['**/node_modules/**', '**/.next/**', '**/dist/**', 'e2e/**']

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts', 'server/**/*.ts'],
      // Processes of their own are shown by the journeys, which start them; what only tests import needs no cover.
      exclude: [
        '**/*.test.ts',
        '**/testing/**',
        '**/testing.ts',
        '**/testkit.ts',
        '**/conformance.ts',
        '**/*.fake.ts',
        'server/{main,worker,cli}.ts',
        'server/boot/**',
        'server/schema/thread.ts',
      ],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: './coverage',
      reportOnFailure: true,
      thresholds: {
        'lib/workflow/**': { lines: 95, statements: 95, functions: 95 },
        'lib/**': { lines: 80, statements: 80, functions: 80 },
        'server/**': { lines: 80, statements: 80, functions: 80 },
      },
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: ['**/*.int.test.ts', ...shared],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'integration',
          include: ['**/*.int.test.ts'],
          exclude: shared,
          environment: 'node',
          globalSetup: ['./server/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
