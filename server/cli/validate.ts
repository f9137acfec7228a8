import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { type Diagnostic, docsOf } from '#lib/workflow/diagnostics.ts'
import { fixText } from '#lib/workflow/fix.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { BootError } from '#server/boot/boot-error.ts'
import { findWorkflows, type WorkflowFile } from './find-workflows.ts'
import { writeText } from './write-text.ts'

interface Options {
  readonly fix?: true
  readonly json?: true
}

/** What came of one file. */
interface Checked {
  readonly file: string
  readonly fixed: readonly Diagnostic[]
  readonly diagnostics: readonly Diagnostic[]
}

export function validateCommand(program: Command): void {
  program
    .command('validate <paths...>')
    .description('check workflows: files, folders, or - for standard input. Ends with 1 when one has errors')
    .option(
      '--fix',
      'apply the fixes that are safe and write the file; of standard input, the text goes to standard output',
    )
    .option('--json', 'answer as JSON')
    .action(async (paths: readonly string[], options: Options) => {
      const fromInput = paths.includes('-')
      const files = fromInput ? [{ file: '-', text: await text(process.stdin) }] : findWorkflows(paths)
      if (files.length === 0) throw new BootError(`There is no workflow in ${paths.join(', ')}.`)
      const checked = files.map((file) => check(file, options))
      // The text that came in goes out as the answer; what is said of it goes beside.
      const out = fromInput && options.fix ? process.stderr : process.stdout
      const answer = options.json
        ? `${JSON.stringify({ files: checked.map(asJson) }, null, 2)}\n`
        : checked.map(asText).join('')
      out.write(answer)
      if (checked.some(({ diagnostics }) => errorsOf(diagnostics) > 0)) process.exitCode = 1
    })
}

function check({ file, text: before }: WorkflowFile, { fix }: Options): Checked {
  if (!fix) return { file, fixed: [], diagnostics: validateWorkflow(before, stepCatalog).diagnostics }
  const { text: after, fixed, validation } = fixText(before, stepCatalog)
  if (file === '-') process.stdout.write(after)
  else if (after !== before) writeText(file, after)
  return { file, fixed, diagnostics: validation.diagnostics }
}

function asJson({ file, fixed, diagnostics }: Checked) {
  const withDocs = (diagnostic: Diagnostic) => ({ ...diagnostic, docs: docsOf(diagnostic.code) })
  return {
    file,
    valid: errorsOf(diagnostics) === 0,
    fixed: fixed.map(withDocs),
    diagnostics: diagnostics.map(withDocs),
  }
}

/** The form that editors and CI logs turn into links. */
function asText({ file, fixed, diagnostics }: Checked): string {
  const cured = fixed.map(
    ({ line, column, fix, code }) => `${file}:${line}:${column}: fixed: ${fix?.title} [${code}]\n`,
  )
  const told = diagnostics.map(({ severity, line, column, message, code, hint, fix }) => {
    const more = `${hint ? ` ${hint}` : ''}${fix ? ` (fix: ${fix.title})` : ''}`
    return `${file}:${line}:${column}: ${severity}: ${message}${more} [${code}]\n`
  })
  const errors = errorsOf(diagnostics)
  const warnings = diagnostics.length - errors
  const verdict = errors === 0 ? 'is valid' : `has ${count(errors, 'error')}`
  const parts = [warnings > 0 && count(warnings, 'warning'), fixed.length > 0 && `${fixed.length} fixed`].filter(
    Boolean,
  )
  return [...cured, ...told, `${[`${file} ${verdict}`, ...parts].join(', ')}\n`].join('')
}

function errorsOf(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length
}

const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`
