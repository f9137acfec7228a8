// `npm start`: whatever is missing is made first, then the supervisor runs.
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { become, ensureInstalled, root } from './prepare.mjs'

await ensureInstalled()
const args = process.argv.slice(2)
const talks = args.some((arg) => arg === '--help' || arg === '-h')
await ensureBuilt(talks ? ['server'] : ['server', 'web'])
become([join(root, 'dist', 'main.mjs'), ...args])
