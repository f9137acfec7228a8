import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The project's folder, found from where this code stands: the same for the sources and for the bundles in `dist`. */
export function projectRoot(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder)
      throw new Error(`No package.json above ${import.meta.dirname}. Run Scaff from its own folder.`)
    folder = parent
  }
  return folder
}
