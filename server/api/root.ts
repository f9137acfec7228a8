import { apiKeysRouter } from './routers/api-keys.ts'
import { membersRouter } from './routers/members.ts'
import { settingsRouter } from './routers/settings.ts'
import { templatesRouter } from './routers/templates.ts'
import { router } from './trpc.ts'

/** All that the browser calls: one router per noun. */
export const appRouter = router({
  apiKeys: apiKeysRouter,
  members: membersRouter,
  settings: settingsRouter,
  templates: templatesRouter,
})

export type AppRouter = typeof appRouter
