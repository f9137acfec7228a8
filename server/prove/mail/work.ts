import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { written } from '../setting.ts'

/** Addresses of this host get their mail by the API, all others by SMTP. */
const API_HOST = 'api.example'

export const isByApi = (address: string): boolean => address.endsWith(`@${API_HOST}`)

/** How many mails a run asks for, half of them by each way. */
export const MAILS_PER_RUN = 4

/** Two people decide and two fill in a form, one of each by either way; nobody ever does. */
export function mailWorkflow(): WorkflowDefinition {
  const form = (id: string, assignee: string) => ({
    id,
    type: 'form',
    assignee,
    fields: [{ key: id, type: 'string', required: true }],
  })
  const text = JSON.stringify({
    name: 'Mails',
    start_step: 'ask',
    steps: [
      {
        id: 'ask',
        type: 'parallel',
        branches: {
          decide: [
            {
              id: 'review',
              type: 'approval',
              approvers: ['manager@smtp.example', `manager@${API_HOST}`],
              policy: 'all',
              timeout: '30d',
            },
          ],
          fill: [form('brief', 'sarah@smtp.example')],
          fill_too: [form('budget', `sarah@${API_HOST}`)],
        },
      },
    ],
  })
  return written(text)
}
