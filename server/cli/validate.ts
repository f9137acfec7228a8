import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { readText } from './read-text.ts'

export function validateCommand(program: Command): void {
  program
    .command('validate <file>')
    .description('check a workflow; - reads standard input. Ends with 1 when it has errors')
    .action(async (file: string) => {
      const { diagnostics } = validateWorkflow(
        file === '-' ? await text(process.stdin) : readText(file, 'a workflow in YAML'),
        stepCatalog,
      )
      for (const { severity, line, column, message, code, hint } of diagnostics) {
        // The form editors and CI logs turn into links.
        process.stdout.write(`${file}:${line}:${column}: ${severity}: ${message}${hint ? ` ${hint}` : ''} [${code}]\n`)
      }
      const errors = diagnostics.filter(({ severity }) => severity === 'error').length
      if (errors > 0) process.exitCode = 1
      const warnings = diagnostics.length - errors
      process.stdout.write(
        `${file} ${errors === 0 ? 'is valid' : `has ${count(errors, 'error')}`}${warnings ? `, ${count(warnings, 'warning')}` : ''}\n`,
      )
    })
}

const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`
