import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BLUEPRINTS } from '#lib/blueprints/blueprints.ts'

/** Every workflow that is known to be good: those of the fixtures, both styles among them, and the blueprints. */
export function goodTexts(): readonly (readonly [name: string, text: string])[] {
  const folder = join(import.meta.dirname, '..', 'workflow', 'fixtures')
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
  return [
    ...files.map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const),
    ...BLUEPRINTS.map(({ id, yaml }) => [id, yaml] as const),
  ]
}
