import { analyticsRouter } from './routers/analytics.ts'
import { apiKeysRouter } from './routers/api-keys.ts'
import { approvalsRouter } from './routers/approvals.ts'
import { formsRouter } from './routers/forms.ts'
import { guideRouter } from './routers/guide.ts'
import { liveRouter } from './routers/live.ts'
import { membersRouter } from './routers/members.ts'
import { outboxRouter } from './routers/outbox.ts'
import { runsRouter } from './routers/runs.ts'
import { searchRouter } from './routers/search.ts'
import { settingsRouter } from './routers/settings.ts'
import { templatesRouter } from './routers/templates.ts'
import { workflowsRouter } from './routers/workflows.ts'
import { router } from './trpc.ts'

/** All that the browser calls: one router per noun. */
export const appRouter = router({
  analytics: analyticsRouter,
  apiKeys: apiKeysRouter,
  approvals: approvalsRouter,
  forms: formsRouter,
  guide: guideRouter,
  live: liveRouter,
  members: membersRouter,
  outbox: outboxRouter,
  runs: runsRouter,
  search: searchRouter,
  settings: settingsRouter,
  templates: templatesRouter,
  workflows: workflowsRouter,
})

export type AppRouter = typeof appRouter
