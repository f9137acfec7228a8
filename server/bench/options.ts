/** What `npm run bench -- …` was asked. */
export interface Options {
  readonly json: boolean
  readonly long: boolean
  /** Cases to measure, in the order of the list; all when none was named. */
  readonly names: readonly string[]
}

/** Reads the arguments; throws on a name that no case has. */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const flags = args.filter((arg) => arg.startsWith('--'))
  const wanted = args.filter((arg) => !arg.startsWith('--'))
  const wrong = [
    ...flags.filter((flag) => flag !== '--json' && flag !== '--long'),
    ...wanted.filter((name) => !known.includes(name)),
  ]
  if (wrong.length > 0) {
    throw new Error(`${wrong.join(', ')} is not known here. Cases: ${known.join(', ')}; options: --json, --long.`)
  }
  const names = wanted.length === 0 ? known : known.filter((name) => wanted.includes(name))
  return { json: flags.includes('--json'), long: flags.includes('--long'), names }
}
