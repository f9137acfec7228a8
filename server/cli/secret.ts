import type { Command } from 'commander'
import { readSettings } from '#server/boot/settings.ts'
import { setSecret } from '#server/services/settings/secrets.ts'
import { readValue } from './read-value.ts'
import { withApp } from './with-app.ts'

export function secretCommand(program: Command): void {
  program
    .command('secret')
    .description('secrets that workflows use; they can be set, never read')
    .command('set <name>')
    .description('store a secret, its value from standard input')
    .action(async (name: string) => {
      const env = readSettings()
      const value = await readValue(`Value of ${name} (not shown): `)
      await withApp(env, (ctx) => setSecret({ ctx, input: { name, value } }))
      process.stdout.write(`${name} is set\n`)
    })
}
