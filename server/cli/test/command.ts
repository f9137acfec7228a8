import type { Command } from 'commander'
import { runTests } from '#lib/simulation/cases/run-tests.ts'
import { BootError } from '#server/boot/boot-error.ts'
import { findWorkflows } from '../find-workflows.ts'
import { libraryOf, recordingsOf } from './at-hand.ts'
import { type FileReport, printFile, printSum } from './print.ts'

/** So that a pipeline can tell a test that failed from a file that cannot be tested. */
const FAILED = 1
const NOT_VALID = 2

export function testCommand(program: Command): void {
  program
    .command('test <path...>')
    .description(
      'play the tests of workflows; folders are searched. Ends with 1 when one fails, 2 when a file is not valid',
    )
    .option('--json', 'one JSON document in place of words')
    .action(async (paths: readonly string[], { json = false }: { readonly json?: boolean }) => {
      try {
        const reports = await testAll(paths, (report) => {
          if (!json) process.stdout.write(`${printFile(report)}\n`)
        })
        process.stdout.write(json ? `${JSON.stringify({ files: reports }, null, 2)}\n` : printSum(reports))
        process.exitCode = codeOf(reports)
      } catch (error) {
        if (!(error instanceof BootError)) throw error
        process.stderr.write(`scaff: ${error.message}\n`)
        process.exitCode = NOT_VALID
      }
    })
}

async function testAll(
  paths: readonly string[],
  onReport: (report: FileReport) => void,
): Promise<readonly FileReport[]> {
  const files = findWorkflows(paths)
  if (files.length === 0) throw new BootError(`There is no workflow in ${paths.join(', ')}.`)
  const library = libraryOf(files)
  const reports: FileReport[] = []
  for (const file of files) {
    const report = { file: file.file, ...(await runTests(file.text, { library, recording: recordingsOf(file) })) }
    reports.push(report)
    onReport(report)
  }
  return reports
}

function codeOf(reports: readonly FileReport[]): number {
  if (reports.some(({ workflow }) => workflow === null)) return NOT_VALID
  return reports.some(({ cases }) => cases.some(({ passed }) => !passed)) ? FAILED : 0
}
