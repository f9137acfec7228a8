/** A line for the person at the terminal. */
export type Say = (line: string) => void

export const sayOnStdout: Say = (line) => {
  process.stdout.write(`scaff: ${line}\n`)
}

export const sayOnStderr: Say = (line) => {
  process.stderr.write(`scaff: ${line}\n`)
}
