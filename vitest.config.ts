import { defineConfig } from 'vitest/config'

const shared = ['**/node_modules/**', '**/.next/**', '**/dist/**', 'e2e/**']

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: ['**/*.int.test.ts', ...shared], environment: 'node' },
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
