import { type Command, Option } from 'commander'
import { GivenRole } from '#lib/contracts/members.ts'
import { readSettings } from '#server/boot/settings.ts'
import { createApiKey } from '#server/services/api-keys/create.ts'
import { withApp } from './with-app.ts'

export function apiKeyCommand(program: Command): void {
  program
    .command('api-key')
    .description('keys for programs that call the API')
    .command('create')
    .description('make a key and print it: once, and alone on the last line')
    .requiredOption('--name <name>', 'what the key is for')
    .addOption(new Option('--role <role>', 'what it may do').choices(GivenRole.options).makeOptionMandatory())
    .action(async (input: { name: string; role: GivenRole }) => {
      const { key } = await withApp(readSettings(), (ctx) => createApiKey({ ctx, input }))
      process.stdout.write(`${key}\n`)
    })
}
