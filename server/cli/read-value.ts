import { text } from 'node:stream/consumers'
import { BootError } from '#server/boot/boot-error.ts'

/**
 * A secret value from standard input: piped in, or typed without being shown. Never an argument, because those stand in
 * the shell's history and in the list of processes.
 */
export async function readValue(prompt: string): Promise<string> {
  const value = process.stdin.isTTY ? await typed(prompt) : (await text(process.stdin)).replace(/\r?\n$/, '')
  if (value === '')
    throw new BootError(
      'No value came in. Type it, or pipe it in: printf %s "$VALUE" | npm run -s scaff -- secret set NAME',
    )
  return value
}

function typed(prompt: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(prompt)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  return new Promise((done, failed) => {
    let value = ''
    const end = (settle: () => void) => {
      stdin.off('data', onData)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      settle()
    }
    const onData = (chunk: string) => {
      for (const character of chunk) {
        if (character === '\r' || character === '\n' || character === '\u0004') return end(() => done(value))
        if (character === '\u0003') return end(() => failed(new BootError('Nothing was changed.')))
        value = character === '\u007f' ? value.slice(0, -1) : value + character
      }
    }
    stdin.on('data', onData)
  })
}
