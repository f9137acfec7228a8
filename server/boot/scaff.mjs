// `npm run -s scaff -- …`: only the answer goes to stdout, all else to stderr.
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { become, ensureInstalled, root } from './prepare.mjs'

await ensureInstalled()
await ensureBuilt(['server'])
become([join(root, 'dist', 'cli.mjs'), ...process.argv.slice(2)])
