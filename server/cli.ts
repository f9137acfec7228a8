import { Command } from 'commander'
import { ScaffError } from '#lib/errors.ts'
import { VERSION } from '#lib/version.ts'
import { BootError } from './boot/boot-error.ts'
import { apiKeyCommand } from './cli/api-key.ts'
import { doctorCommand } from './cli/doctor.ts'
import { evalCommand } from './cli/eval/command.ts'
import { secretCommand } from './cli/secret.ts'
import { testCommand } from './cli/test/command.ts'
import { validateCommand } from './cli/validate.ts'
import { DatabaseTooNew } from './db/migrate.ts'
import { EnvError } from './env.ts'

/** Composition root of `npm run -s scaff -- …`. Answers go to standard output, everything else to standard error. */
const program = new Command('scaff')
  .description('Durable workflows in which AI drafts, JSON Schema checks, and people decide.')
  .version(VERSION)
  .showHelpAfterError('(--help shows what there is)')
apiKeyCommand(program)
secretCommand(program)
validateCommand(program)
evalCommand(program)
testCommand(program)
doctorCommand(program)

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`scaff: ${explain(error)}\n`)
  process.exitCode = 1
}

/** Sentences for what a person can put right; a defect of ours keeps its stack. */
function explain(error: unknown): string {
  if (error instanceof ScaffError) {
    return [error.message, ...error.errors.map(({ path, message }) => `  ${path}: ${message}`)].join('\n')
  }
  if (error instanceof BootError || error instanceof EnvError || error instanceof DatabaseTooNew) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
