// `npm run web`, `npm run worker`: one of the two alone, beside others on the same DATABASE_URL.
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { become, ensureInstalled, giveUp, root } from './prepare.mjs'

const role = process.argv[2]
if (role !== 'web' && role !== 'worker') giveUp('Say which: npm run web, or npm run worker.')
await ensureInstalled()
await ensureBuilt(role === 'web' ? ['server', 'web'] : ['server'])
become([join(root, 'dist', 'main.mjs'), role])
