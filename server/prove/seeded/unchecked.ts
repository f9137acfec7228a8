import type { SeededBug } from './bug.ts'

/** The checker without one of its checks. */
export const unchecked = (name: string, file: string, text: string, instead: string): SeededBug => ({
  name: `not checked: ${name}`,
  file: file.startsWith('steps/') ? `lib/${file}` : `lib/workflow/${file}`,
  text,
  instead,
  suites: ['types'],
})
