import { BootError } from './boot/boot-error.ts'
import { helpText } from './boot/help.ts'
import { sayOnStdout } from './boot/say.ts'
import { readSettings } from './boot/settings.ts'
import { OWN_WISH_MS, stopSignals } from './boot/stop-signals.ts'
import { type Role, supervise } from './boot/supervise.ts'
import { DatabaseTooNew } from './db/migrate.ts'
import { EnvError } from './env.ts'

/** Composition root of `npm start` (both children), `npm run web` and `npm run worker` (one of them). */
const ROLES: Readonly<Record<string, readonly Role[]>> = { all: ['web', 'worker'], web: ['web'], worker: ['worker'] }

const args = process.argv.slice(2)
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(helpText())
  process.exit(0)
}

const signals = stopSignals(OWN_WISH_MS)
// The wrapper of an older Node is gone, even if it was killed.
process.on('disconnect', () => process.emit('SIGTERM'))
process.channel?.unref()

try {
  const roles = ROLES[args[0] ?? 'all']
  if (!roles || args.length > 1) {
    throw new BootError(
      `"${args.join(' ')}" is not known here. Scaff is set by its environment; --help lists the settings.`,
    )
  }
  await supervise(readSettings(), roles, sayOnStdout, signals)
} catch (error) {
  if (!(error instanceof BootError || error instanceof EnvError || error instanceof DatabaseTooNew)) throw error
  process.stderr.write(`scaff: ${error.message}\n`)
  process.exitCode = 1
}
// Nothing is left to do; a connection that lingers is not worth waiting for.
process.exit()
