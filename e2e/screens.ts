import type { Workspace } from './workspace.ts'

export interface Screen {
  readonly name: string
  readonly path: string
  /** Whom it is for: the budgets differ, and only pages of the app are looked at by somebody who is signed in. */
  readonly kind: 'app' | 'editor' | 'form' | 'approval' | 'account'
}

type Places = Pick<Workspace, 'workflow' | 'runs' | 'approval' | 'form' | 'formLink' | 'approvalLink'> & {
  readonly app: { readonly url: string }
}

/** Every page of the app, each in the state people meet it in. */
export function screensOf({ app, workflow, runs, approval, form, formLink, approvalLink }: Places): readonly Screen[] {
  const below = (url: string) => url.slice(app.url.length)
  return [
    { name: 'home', path: '/', kind: 'app' },
    { name: 'workflows', path: '/workflows', kind: 'app' },
    { name: 'workflow', path: `/workflows/${workflow}`, kind: 'app' },
    { name: 'workflow-yaml', path: `/workflows/${workflow}?tab=yaml`, kind: 'app' },
    { name: 'workflow-versions', path: `/workflows/${workflow}?tab=versions`, kind: 'app' },
    { name: 'blueprints', path: '/workflows/new', kind: 'app' },
    { name: 'editor', path: `/workflows/${workflow}/edit`, kind: 'editor' },
    { name: 'runs', path: '/runs', kind: 'app' },
    { name: 'run-waiting-for-form', path: `/runs/${runs.form}`, kind: 'app' },
    { name: 'run-waiting-for-approval', path: `/runs/${runs.approval}`, kind: 'app' },
    { name: 'run-completed', path: `/runs/${runs.completed}`, kind: 'app' },
    { name: 'run-failed', path: `/runs/${runs.failed}`, kind: 'app' },
    { name: 'run-canceled', path: `/runs/${runs.canceled}`, kind: 'app' },
    { name: 'run-graph', path: `/runs/${runs.completed}?tab=graph`, kind: 'app' },
    { name: 'run-context', path: `/runs/${runs.completed}?tab=context`, kind: 'app' },
    { name: 'run-events', path: `/runs/${runs.completed}?tab=events`, kind: 'app' },
    { name: 'run-compare', path: `/runs/compare?a=${runs.completed}&b=${runs.canceled}`, kind: 'app' },
    { name: 'inbox', path: '/inbox', kind: 'app' },
    { name: 'inbox-item', path: `/inbox/${approval}`, kind: 'app' },
    { name: 'form', path: `/forms/${runs.form}/${form}`, kind: 'app' },
    { name: 'outbox', path: '/outbox', kind: 'app' },
    { name: 'settings-account', path: '/settings/account', kind: 'app' },
    { name: 'settings-constants', path: '/settings/constants', kind: 'app' },
    { name: 'settings-secrets', path: '/settings/secrets', kind: 'app' },
    { name: 'settings-members', path: '/settings/members', kind: 'app' },
    { name: 'settings-api-keys', path: '/settings/api-keys', kind: 'app' },
    { name: 'public-form', path: below(formLink), kind: 'form' },
    { name: 'public-approval', path: below(approvalLink), kind: 'approval' },
    { name: 'sign-in', path: '/login', kind: 'account' },
    { name: 'forgot-password', path: '/forgot', kind: 'account' },
  ]
}

/** Pages that no screen shows, each with the reason. */
export const NOT_SHOWN: Readonly<Record<string, string>> = {
  '/settings': 'leads on to the first part of the settings',
  '/setup': 'opens by a link that only a workspace without accounts prints; its form is a story of accounts',
  '/reset': 'opens by a mailed link that holds for a while; its form is a story of accounts',
  '/invite': 'opens by a mailed link that holds once; its form is a story of accounts',
}
