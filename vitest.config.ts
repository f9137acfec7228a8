import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findChromium } from './server/boot/chromium.mjs'

const chromium = findChromium()
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
        'server/bench/**',
        'server/prove/{main,database,become-worker,say-port,zombie-worker}.ts',
        'server/prove/rolling/{client,doors,stream}.ts',
        'server/prove/storm/{worker,ledger}.ts',
        'server/prove/app/**',
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
          // Far above what any takes: on a busy machine waiting for one's turn is no failure.
          testTimeout: 30_000,
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
      {
        plugins: [storybookTest({ configDir: '.storybook' })],
        // Found while the first story runs, these would make Vite reload the page under the tests.
        optimizeDeps: {
          include: [
            'react',
            'react-dom',
            'react-dom/client',
            'react/jsx-runtime',
            'react/jsx-dev-runtime',
            'axe-core',
            'class-variance-authority',
            'clsx',
            'lucide-react',
            'next/link',
            'next/navigation',
            'next-themes',
            'radix-ui',
            're2js',
            'recharts',
            'react-hook-form',
            '@storybook/nextjs-vite',
            '@storybook/nextjs-vite/navigation.mock',
            '@noble/hashes/sha2.js',
            '@noble/hashes/utils.js',
            '@tanstack/react-query',
            '@trpc/client',
            '@trpc/tanstack-react-query',
            'canonicalize',
            'jsep',
            'json-schema-faker',
            'leven',
            'msw',
            'msw/browser',
            'msw-storybook-addon/csf3',
            '@monaco-editor/react',
            'monaco-editor/editor',
            'monaco-editor/editor/browser/coreCommands',
            'monaco-editor/editor/common/standaloneStrings',
            'monaco-editor/editor/contrib/suggest/browser/suggestController',
            'monaco-editor/editor/editor.worker',
            'monaco-editor/features/bracketMatching/register',
            'monaco-editor/features/clipboard/register',
            'monaco-editor/features/codeAction/register',
            'monaco-editor/features/codeEditor/register',
            'monaco-editor/features/codicon/register',
            'monaco-editor/features/comment/register',
            'monaco-editor/features/cursorUndo/register',
            'monaco-editor/features/find/register',
            'monaco-editor/features/folding/register',
            'monaco-editor/features/format/register',
            'monaco-editor/features/gotoError/register',
            'monaco-editor/features/hover/register',
            'monaco-editor/features/indentation/register',
            'monaco-editor/features/linesOperations/register',
            'monaco-editor/features/longLinesHelper/register',
            'monaco-editor/features/multicursor/register',
            'monaco-editor/features/smartSelect/register',
            'monaco-editor/features/snippet/register',
            'monaco-editor/features/toggleTabFocusMode/register',
            'monaco-editor/features/tokenization/register',
            'monaco-editor/features/wordHighlighter/register',
            'monaco-editor/features/wordOperations/register',
            'monaco-editor/languages/definitions/yaml/yaml',
            'prettier/plugins/yaml',
            'prettier/standalone',
            'yaml',
            'zod',
          ],
        },
        test: {
          name: 'storybook',
          // The first story of the editor has all of Monaco prepared for it.
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({
              launchOptions: {
                ...(chromium === null ? {} : { executablePath: chromium }),
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--disable-quic',
                  '--no-first-run',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
