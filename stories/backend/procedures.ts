import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { ScaffError } from '#lib/errors.ts'
import type { JsonObject } from '#lib/json.ts'
import { contextOf } from '#lib/simulation/simulate-run.ts'
import { attemptsOf, eventsOf, toRunDetail } from '#lib/simulation/to-detail.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { makersOf } from '#lib/value-makers.ts'
import { coerceFormData } from '#lib/workflow/fields.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import type { AppRouter } from '#server/api/root.ts'
import { approval, approvalRow, form, runRow, workflow, workflowRow } from './answers.ts'
import { SARAH, type Workspace } from './workspace.ts'

type Inputs = inferRouterInputs<AppRouter>
type Outputs = inferRouterOutputs<AppRouter>
/** What goes out as JSON may hold what nobody changes; values within values are any JSON. */
type Answer<T, Depth extends 0[] = []> = Depth['length'] extends 5
  ? unknown
  : T extends object
    ? { readonly [K in keyof T]: Answer<T[K], [...Depth, 0]> }
    : T
/** Some of the app's procedures, with exactly their types: a contract that changes does not compile here. */
type Procedures = {
  readonly [R in keyof Inputs]?: {
    readonly [P in keyof Inputs[R] & keyof Outputs[R]]?: (
      input: Inputs[R][P],
    ) => Answer<Outputs[R][P]> | Promise<Answer<Outputs[R][P]>>
  }
}

/** What the browser may call, answered from a workspace. */
export function procedures(space: Workspace): Procedures {
  const accepted = async (id: string) => ({ run_id: id, status: (await space.run(id)).run.state.status })
  const approvals = async () => (await space.waits()).flatMap((found) => approvalRow(found) ?? [])
  const byId = async (id: string) => {
    const found = approval(await space.wait(id))
    if (!found) throw new ScaffError('approval.not_found', 'There is no such approval.')
    return found
  }
  return {
    runs: {
      list: async ({ workflow_id }) => {
        const rows = (await space.runs()).map(runRow)
        return { runs: rows.filter((row) => !workflow_id || row.workflow_id === workflow_id), next_cursor: null }
      },
      get: async ({ id }) => toRunDetail(await space.run(id)),
      detail: async ({ id, after = 0 }) => {
        const detail = toRunDetail(await space.run(id))
        return { ...detail, steps: detail.steps.filter(({ seq }) => seq > after) }
      },
      step: async ({ id, attempt: asked }) => {
        const found = attemptsOf((await space.run(id)).run).find((attempt) =>
          (['step_id', 'path', 'visit', 'attempt', 'epoch'] as const).every((key) => attempt[key] === asked[key]),
        )
        if (!found) throw new ScaffError('run.unknown_step', 'The run has no such attempt.')
        return found
      },
      events: async ({ id, query }) => {
        const events = eventsOf((await space.run(id)).run)
        const { after = 0, kind } = query ?? {}
        return {
          events: events.filter(({ seq, type }) => seq > after && (!kind || type.startsWith(`${kind}.`))),
          next: null,
        }
      },
      context: async ({ id, query }) => contextAt(space, id, query?.at),
      values: async ({ id, query }) => {
        const { run } = await space.run(id)
        return { context: await contextAt(space, id, query?.at), ...makersOf(run.program, run.data) }
      },
      start: async ({ body }) => {
        const { run } = await space.start(body.workflow_id, asObject(body.inputs))
        return { run_id: run.data.run.id, status: run.state.status }
      },
      cancel: async ({ id, body }) => {
        await space.act(id, { do: 'cancel', reason: body?.reason ?? '' })
        return accepted(id)
      },
      retry: async ({ id, body }) => {
        const inputs = body?.inputs === undefined ? null : asObject(body.inputs)
        await space.act(id, { do: 'retry', from_step: body?.from_step ?? null, inputs })
        return accepted(id)
      },
    },
    approvals: {
      list: async ({ status, scope }) => {
        const rows = (await approvals()).filter(
          (row) =>
            (status === undefined || (status === 'decided' ? row.status !== 'pending' : row.status === status)) &&
            (scope !== 'mine' || row.approvers.some(({ email }) => email === SARAH.email)),
        )
        return { approvals: rows, next_cursor: null }
      },
      facets: () => ({ workflows: [], requesters: [] }),
      counts: async () => {
        const open = (await approvals()).filter(({ status }) => status === 'pending')
        return { mine: open.filter(({ mine }) => mine).length, all: open.length }
      },
      get: ({ id }) => byId(id),
      decide: async ({ id, decision, body }) => {
        const { run_id, wait } = await space.wait(id)
        const act = { do: 'decide', step: wait.step, approver: SARAH.email, decision } as const
        await space.act(run_id, { ...act, comment: body.comment ?? '' })
        const { status, quorum } = await byId(id)
        return { id, run_id, status, quorum }
      },
    },
    forms: {
      open: async ({ wait_id }) => form(await space.wait(wait_id)),
      submit: ({ run_id, wait_id, answer }) => submitForm(space, run_id, wait_id, answer),
    },
    workflows: {
      list: async () => {
        const runs = await space.runs()
        const rows = [...space.workflows.values()].map((stored) => workflowRow(stored, runs))
        return { workflows: rows, next_cursor: null }
      },
      tags: () => ({ tags: [] }),
      get: ({ id }) => workflow(space.workflow(id)),
      known: () => ({ statics: [], secrets: [], templates: [], sensitive: [] }),
      validate: ({ yaml = '' }) => {
        const { diagnostics } = validateWorkflow(yaml, stepCatalog)
        const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)
        return { valid: errors.length === 0, errors, diagnostics: [...diagnostics] }
      },
    },
  }
}

type FormSubmitted = Answer<Outputs['forms']['submit']>

/** Takes the answers to a form; ones that do not fit come back with the form. */
export async function submitForm(
  space: Workspace,
  run_id: string,
  wait_id: string,
  answer: Inputs['forms']['submit']['answer'],
): Promise<FormSubmitted> {
  const found = await space.wait(wait_id)
  const view = form(found)
  if (view.state !== 'open') return { accepted: false, view }
  const values = answer.form ? coerceFormData(view.fields, answer.form) : asObject(answer.values)
  try {
    await space.act(run_id, { do: 'submit', step: found.wait.step, values })
  } catch (error) {
    if (!(error instanceof ScaffError) || error.code !== 'form.invalid') throw error
    const errors = error.errors.map(({ path, message }) => ({ path, code: 'invalid', message }))
    return { accepted: false, view: { ...view, values, errors } }
  }
  return { accepted: true, title: view.title, run_id, at: found.wait.opened_at, receipt: '' }
}

async function contextAt(space: Workspace, id: string, at: string | undefined) {
  const played = await space.run(id)
  const context = at === undefined ? contextOf(played) : contextOf(played, at)
  if (!context) throw new ScaffError('run.unknown_step', `The run has not reached a step ${at}.`)
  return context
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}
