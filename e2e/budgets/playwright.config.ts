import base from '../../playwright.config.ts'

/** `npm run budgets`: measures what every page costs and holds it to the limits. */
export default {
  ...base,
  testDir: '.',
  testMatch: 'measure.ts',
  outputDir: '../../test-results/budgets',
  reporter: 'list' as const,
}
