import { settingsTable } from '#server/env.ts'

const WIDTH = 100

/** What `npm start -- --help` prints. */
export function helpText(): string {
  const rows = settingsTable()
  const column = Math.max(...rows.map((row) => row.name.length)) + 2
  const lines = rows.flatMap(({ name, meaning, fallback }) => {
    const [first = '', ...more] = wrap(`${meaning} (default: ${fallback})`, WIDTH - column - 2)
    return [`  ${name.padEnd(column)}${first}`, ...more.map((line) => `  ${' '.repeat(column)}${line}`)]
  })
  return [
    'Scaff: durable workflows in which AI drafts, JSON Schema checks, and people decide.',
    '',
    'npm start                        database, web and worker, ready at http://localhost:3000',
    'npm run web | npm run worker     one of them alone, any number, on one DATABASE_URL',
    'npm run -s scaff -- --help       the command line',
    '',
    'Settings, read from the environment at each start:',
    ...lines,
    '',
  ].join('\n')
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
