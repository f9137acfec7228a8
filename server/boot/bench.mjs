// `npm run bench`: installs what is missing, then measures.
import { join } from 'node:path'
import { become, ensureInstalled, root } from './prepare.mjs'

await ensureInstalled()
become([join(root, 'server', 'bench', 'main.ts'), ...process.argv.slice(2)])
