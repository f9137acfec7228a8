// `npm run prove -- <name>`: installs what is missing, then shows a promise of the engine.
import { join } from 'node:path'
import { become, ensureInstalled, root } from './prepare.mjs'

await ensureInstalled()
become([join(root, 'server', 'prove', 'main.ts'), ...process.argv.slice(2)])
