/** The migrated database that each test's own is cloned from. */
export const TEMPLATE = 'scaff_template'

/** How the clones' names begin, so that the end of the run can look for what was left. */
export const TEST_PREFIX = 'scaff_test_'
