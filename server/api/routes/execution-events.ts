import { z } from 'zod'
import { AnyId } from '#lib/contracts/common.ts'
import { formatPosition } from '#server/live/position.ts'
import { type StreamEvent, sseResponse } from '#server/live/sse.ts'
import { followRun, followRuns } from '#server/services/runs/follow.ts'
import { endpoint } from '../endpoint.ts'

const LastEventId = z.object({ 'Last-Event-ID': z.string().max(2_000).optional() })

export const followExecution = endpoint({
  id: 'followExecution',
  method: 'GET',
  path: '/executions/{id}/events',
  tag: 'executions',
  summary: 'The events of one run, live',
  description: 'Server-sent events from the first one on, or after `Last-Event-ID` (the `seq` of the last one seen).',
  access: 'run:read',
  params: z.strictObject({ id: AnyId }),
  headers: LastEventId,
  status: 200,
  response: 'stream',
  errors: ['run.not_found'],
  run: async ({ ctx, params, headers, request }) => {
    const abort = new AbortController()
    const after = seqOf(headers['Last-Event-ID'])
    const events = await followRun({ ctx, input: { id: params.id, after }, signal: abort.signal })
    async function* stream(): AsyncGenerator<StreamEvent, void, undefined> {
      for await (const event of events) yield { id: String(event.seq), data: event }
    }
    return sseResponse(request, stream(), abort)
  },
})

export const followExecutions = endpoint({
  id: 'followExecutions',
  method: 'GET',
  path: '/executions/events',
  tag: 'executions',
  summary: 'The events of all runs, live',
  description: 'Server-sent events from now on, or after `Last-Event-ID` (the id of the last one seen).',
  access: 'run:read',
  headers: LastEventId,
  status: 200,
  response: 'stream',
  run: async ({ ctx, headers, request }) => {
    const abort = new AbortController()
    const after = headers['Last-Event-ID'] ?? null
    const { from, events } = await followRuns({ ctx, input: { after }, signal: abort.signal })
    async function* stream(): AsyncGenerator<StreamEvent, void, undefined> {
      for await (const { event, position } of events) yield { id: formatPosition(position), data: event }
    }
    return sseResponse(request, stream(), abort, { startId: formatPosition(from) })
  },
})

/** null, so from the first event, for what is no number of ours. */
function seqOf(lastEventId: string | undefined): number | null {
  return lastEventId !== undefined && /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : null
}
