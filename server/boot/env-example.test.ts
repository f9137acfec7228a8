import { join } from 'node:path'
import { expect, it } from 'vitest'
import { settingsTable } from '#server/env.ts'
import { helpText } from './help.ts'
import { projectRoot } from './root.ts'

/** After a change of the settings: `npx vitest run --project unit server/boot/env-example.test.ts -u` writes it anew. */
it('.env.example names every setting with its meaning and default, all switched off', async () => {
  const entries = settingsTable().map(
    ({ name, meaning, fallback }) => `# ${meaning}\n# default: ${fallback}\n#${name}=\n`,
  )
  const text = [
    '# Settings of Scaff. Copy this file to .env and fill in the lines you want to change, without their #.',
    '# What stands in the environment goes before what stands there.',
    '',
    ...entries,
  ].join('\n')
  await expect(text).toMatchFileSnapshot(join(projectRoot(), '.env.example'))
})

it('the help names every setting, in lines that fit a terminal', () => {
  const lines = helpText().split('\n')
  for (const { name } of settingsTable()) expect(lines.filter((line) => line.startsWith(`  ${name} `))).toHaveLength(1)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)
})
