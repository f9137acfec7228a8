import { type AnyHandler, HttpResponse, http } from 'msw'
import { ERRORS, ScaffError } from '#lib/errors.ts'
import { toRunDetail } from '#lib/simulation/to-detail.ts'
import { procedures, submitForm } from './procedures.ts'
import { SARAH, type Workspace } from './workspace.ts'

/** Everything the browser asks of a server, answered from a workspace. What is not here is refused, and the story shows it. */
export function handlers(space: Workspace): AnyHandler[] {
  const known: Procedures = procedures(space)
  return [
    http.get('/api/trpc/:paths', async ({ request, params }) => {
      const input = new URL(request.url).searchParams.get('input')
      return batch(known, String(params.paths), input === null ? {} : JSON.parse(input))
    }),
    http.post('/api/trpc/:paths', async ({ request, params }) =>
      batch(known, String(params.paths), (await request.json()) as Inputs),
    ),
    http.get('/api/v1/executions/events', silentStream),
    http.get('/api/v1/executions/:id/events', silentStream),
    http.post('/api/v1/executions', async ({ request }) => {
      const body = (await request.json()) as { workflow_id: string; inputs?: Record<string, never> }
      return restAnswer(async () => {
        const { run } = await space.start(body.workflow_id, body.inputs ?? {})
        return { run_id: run.data.run.id, status: run.state.status }
      }, 201)
    }),
    http.get('/api/v1/executions/:id', ({ params }) =>
      restAnswer(async () => toRunDetail(await space.run(String(params.id)))),
    ),
    http.post('/api/v1/executions/:id/resume', async ({ request, params }) => {
      const body = (await request.json()) as Resume
      return restAnswer(() => resume(space, String(params.id), body))
    }),
  ]
}

interface Resume {
  readonly resume_token: string
  readonly inputs?: Record<string, never>
  readonly approvals?: readonly { step_id: string; approved: boolean; comment?: string; approver?: string }[]
}

async function resume(space: Workspace, run_id: string, { resume_token, inputs, approvals = [] }: Resume) {
  const wait_id = resume_token.replace(/^answer:/, '')
  if (inputs) {
    const answer = await submitForm(space, run_id, wait_id, { values: inputs })
    if (!answer.accepted) throw new ScaffError('form.invalid', 'The form has answers that do not fit.')
  }
  for (const { step_id, approved, comment = '', approver = SARAH.email } of approvals) {
    const decision = approved ? 'approve' : 'reject'
    await space.act(run_id, { do: 'decide', step: step_id, approver, decision, comment })
  }
  return { run_id, status: (await space.run(run_id)).run.state.status }
}

type Inputs = Readonly<Record<string, unknown>>
/** As the wire has them: `procedures` says which input belongs to which. */
type Procedures = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>

/** One answer for each call of a batch, in its order. */
async function batch(known: Procedures, paths: string, inputs: Inputs): Promise<Response> {
  const answers = await Promise.all(paths.split(',').map((path, i) => call(known, path, inputs[String(i)])))
  return Response.json(answers, { status: 207 })
}

async function call(known: Procedures, path: string, input: unknown) {
  const [noun = '', verb = ''] = path.split('.')
  const procedure = known[noun]?.[verb]
  try {
    if (typeof procedure !== 'function') {
      throw new ScaffError('internal', `This story's server has no ${path}.`)
    }
    return { result: { data: await procedure(input ?? {}) } }
  } catch (error) {
    const problem = problemOf(error)
    const data = { code: 'BAD_REQUEST', httpStatus: problem.status, problem }
    return { error: { message: problem.detail, code: -32600, data } }
  }
}

async function restAnswer(run: () => Promise<unknown>, status = 200): Promise<Response> {
  try {
    return Response.json(await run(), { status })
  } catch (error) {
    const problem = problemOf(error)
    return Response.json(problem, { status: problem.status })
  }
}

function problemOf(error: unknown) {
  const code = error instanceof ScaffError ? error.code : 'internal'
  const { http: status, title } = ERRORS[code]
  const detail = error instanceof Error ? error.message : String(error)
  const errors = error instanceof ScaffError ? error.errors : []
  return { type: `urn:scaff:error:${code}`, title, status, detail, code, errors, request_id: 'req_story' }
}

/** An event stream that stays open and says nothing: what a story does itself is read anew by the page. */
function silentStream(): Response {
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(': open\n\n')) })
  return new HttpResponse(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' } })
}
