import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, it } from 'vitest'
import { apiKeyCommand } from './cli/api-key.ts'
import { doctorCommand } from './cli/doctor.ts'
import { evalCommand } from './cli/eval/command.ts'
import { secretCommand } from './cli/secret.ts'
import { testCommand } from './cli/test/command.ts'
import { validateCommand } from './cli/validate.ts'
import { settingsTable } from './env.ts'

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
const cli = readFileSync(join(import.meta.dirname, 'cli.ts'), 'utf8')

/** The rows of the table under a heading, cell by cell. */
function rows(heading: string): string[][] {
  const [, section = ''] = readme.split(`\n## ${heading}\n`)
  const [own = ''] = section.split('\n## ')
  return own
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '))
}

it('the README lists every setting with its meaning and default', () => {
  const expected = settingsTable().map(({ name, meaning, fallback }) => [`\`${name}\``, meaning, fallback])
  expect(rows('Settings')).toEqual(expected)
})

/** Every command that does something, as one types it: its words, required arguments and required options. */
function usages(command: Command, words: readonly string[] = []): string[] {
  const own = command.parent === null ? words : [...words, command.name()]
  if (command.commands.length > 0) return command.commands.flatMap((inner) => usages(inner, own))
  const given = command.registeredArguments.map((argument) => `<${argument.name()}>`)
  const options = command.options.filter((option) => option.mandatory).map((option) => option.flags)
  return [[...own, ...given, ...options].join(' ')]
}

it('the README lists the commands there are, with what each needs', () => {
  const program = new Command('scaff')
  const commands = [apiKeyCommand, secretCommand, validateCommand, evalCommand, testCommand, doctorCommand]
  for (const add of commands) add(program)
  const added = [...cli.matchAll(/^(\w+)\(program\)$/gm)].map(([, name]) => name)
  expect(commands.map(({ name }) => name)).toEqual(added)
  expect(rows('Command line').map(([usage]) => usage)).toEqual(usages(program).map((usage) => `\`${usage}\``))
})
