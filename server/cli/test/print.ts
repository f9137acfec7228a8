import { diffLines } from 'diff'
import type { Json } from '#lib/json.ts'
import { DAY, HOUR, MINUTE } from '#lib/time.ts'
import {
  type CaseFinding,
  type CaseReport,
  type Coverage,
  percent,
  type TestReport,
  wayWords,
} from '#lib/workflow/cases/report.ts'

export interface FileReport extends TestReport {
  readonly file: string
}

/** What a terminal shows of one file's tests. */
export function printFile({ file, workflow, diagnostics, cases, coverage }: FileReport): string {
  if (workflow === null) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    return lines([
      `${file}  not valid`,
      ...errors.map(
        ({ line, column, message, code, hint }) =>
          `  ${file}:${line}:${column}: error: ${message}${hint ? ` ${hint}` : ''} [${code}]`,
      ),
    ])
  }
  if (coverage === null) return lines([`${file}  ${workflow}`, '  has no tests'])
  return lines([`${file}  ${workflow}`, ...cases.flatMap((one) => printCase(file, one)), ...printCoverage(coverage)])
}

function printCase(file: string, { name, passed, findings, took_ms }: CaseReport): readonly string[] {
  const time = took_ms >= MINUTE ? `  (${span(took_ms)})` : ''
  return [`  ${passed ? '✓' : '✗'} ${name}${time}`, ...findings.flatMap((finding) => printFinding(file, finding))]
}

function printFinding(file: string, { line, column, what, message, expected, actual }: CaseFinding): readonly string[] {
  return [`      ${file}:${line}:${column}: ${what}: ${message}`, ...printDifference(expected, actual)]
}

function printDifference(expected: Json | undefined, actual: Json | undefined): readonly string[] {
  if (expected === undefined && actual === undefined) return []
  if (isNested(expected) && isNested(actual)) {
    return diffLines(pretty(expected), pretty(actual)).flatMap(({ value, added, removed }) =>
      value
        .replace(/\n$/, '')
        .split('\n')
        .map((text) => `        ${removed ? '-' : added ? '+' : ' '} ${text}`),
    )
  }
  const shown = (value: Json | undefined) => (value === undefined ? 'nothing' : JSON.stringify(value))
  return [`        expected ${shown(expected)}`, `        found    ${shown(actual)}`]
}

/** A list of names reads best on one line; what holds more is told line by line. */
function isNested(value: Json | undefined): value is Json {
  if (Array.isArray(value)) return value.some((item: Json) => typeof item === 'object' && item !== null)
  return typeof value === 'object' && value !== null
}

function pretty(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function printCoverage({ steps, ways }: Coverage): readonly string[] {
  const missedSteps = steps.missed.map(({ step, line }) => `    not run: ${step} (line ${line})`)
  const missedWays = ways.missed.map((way) => `    not taken: ${wayWords(way)} (line ${way.line})`)
  return [
    `  steps ${percent(steps)} % (${steps.covered} of ${steps.total}), ways ${percent(ways)} % (${ways.covered} of ${ways.total})`,
    ...missedSteps,
    ...missedWays,
  ]
}

/** The sum over all files, as the last line. */
export function printSum(reports: readonly FileReport[]): string {
  const cases = reports.flatMap((report) => report.cases)
  const failed = cases.filter(({ passed }) => !passed).length
  const invalid = reports.filter(({ workflow }) => workflow === null).length
  const untested = reports.filter(({ workflow, coverage }) => workflow !== null && coverage === null).length
  return lines([
    [
      `${count(reports.length, 'workflow')}, ${count(cases.length, 'test')}: ${cases.length - failed} passed, ${failed} failed`,
      ...(untested > 0 ? [`${untested} without tests`] : []),
      ...(invalid > 0 ? [`${invalid} not valid`] : []),
    ].join('; '),
  ])
}

function span(ms: number): string {
  if (ms >= 2 * DAY) return `${Math.round(ms / DAY)} days`
  return ms >= 2 * HOUR ? `${Math.round(ms / HOUR)} hours` : `${Math.round(ms / MINUTE)} minutes`
}

const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`
const lines = (all: readonly string[]) => all.map((line) => `${line}\n`).join('')
