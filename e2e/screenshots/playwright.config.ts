import base from '../../playwright.config.ts'

/** `npm run screenshots`: takes the pictures of the docs anew; nothing is compared, people look at them. */
export default {
  ...base,
  testDir: '.',
  testMatch: 'take.ts',
  outputDir: '../../test-results/screenshots',
  reporter: 'list' as const,
}
