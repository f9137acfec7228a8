import type { Endpoint } from './endpoint.ts'
import * as analytics from './routes/analytics.ts'
import * as apiKeys from './routes/api-keys.ts'
import * as approvals from './routes/approvals.ts'
import * as auth from './routes/auth.ts'
import * as executionEvents from './routes/execution-events.ts'
import * as executions from './routes/executions.ts'
import * as outbox from './routes/outbox.ts'
import * as settings from './routes/settings.ts'
import * as templates from './routes/templates.ts'
import * as workflows from './routes/workflows.ts'

/** Every REST operation: what the OpenAPI document describes and what the access matrix is generated from. */
export const endpoints: readonly Endpoint[] = [
  auth,
  workflows,
  executions,
  executionEvents,
  approvals,
  analytics,
  outbox,
  apiKeys,
  settings,
  templates,
].flatMap((routes) => Object.values(routes))
