import base from '../../playwright.config.ts'

/** `npm run budgets`, and a suite of `npm test`: what every page costs, held to the limits. */
export default {
  ...base,
  testDir: '.',
  testMatch: 'measure.ts',
  outputDir: '../../test-results/budgets',
  reporter: [['list' as const], ['json' as const, { outputFile: '../../test-results/budgets.json' }]],
}
