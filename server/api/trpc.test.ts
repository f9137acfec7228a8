import { TRPCError } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ScaffError } from '#lib/errors.ts'
import type { Actor } from '#server/engine/port.ts'
import type { App, ServiceContext } from '#server/services/context.ts'
import { appRouter } from './root.ts'
import { authedProcedure, publicProcedure, router, toTrpcError } from './trpc.ts'

/** Nothing of the app is reached by these calls. */
const context = (actor: Actor | null): ServiceContext => ({ app: {} as App, actor, requestId: 'req-1', ip: null })
const ANN: Actor = { kind: 'user', id: 'usr_ann', email: 'ann@example.com', name: null, role: 'viewer' }

const testRouter = router({
  open: publicProcedure.query(({ ctx }) => ctx.requestId),
  who: authedProcedure.query(({ ctx }) => ('id' in ctx.actor ? ctx.actor.id : null)),
  parse: publicProcedure.input(z.strictObject({ n: z.number() })).mutation(({ input }) => input.n),
  refuse: publicProcedure.mutation(() => {
    throw new ScaffError('workflow.version_conflict', 'Load it again.')
  }),
  defect: publicProcedure.mutation(() => {
    throw new TypeError('secret inside')
  }),
})
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('it was answered'),
    (error: unknown) => error as TRPCError,
  )

describe('a procedure', () => {
  it('that needs an account is refused without one, before its input is looked at', async () => {
    expect(await testRouter.createCaller(context(ANN)).who()).toBe('usr_ann')
    const error = await failure(testRouter.createCaller(context(null)).who())
    expect(error).toMatchObject({ code: 'UNAUTHORIZED', cause: { code: 'auth.required' } })
  })

  it('carries an error of the table with its status', async () => {
    const error = await failure(testRouter.createCaller(context(null)).refuse())
    expect(error).toMatchObject({ code: 'PRECONDITION_FAILED', cause: { code: 'workflow.version_conflict' } })
  })

  it('names every field of an input that does not fit', async () => {
    const input = { n: 'x', m: 1 } as unknown as { n: number }
    const error = await failure(testRouter.createCaller(context(null)).parse(input))
    expect(error).toMatchObject({
      code: 'UNPROCESSABLE_CONTENT',
      cause: { code: 'request.invalid', errors: [{ path: 'n' }, { path: 'm', code: 'unknown_field' }] },
    })
  })

  it('is asked again while the database is away, when it only reads', async () => {
    let calls = 0
    const away = (times: number) => () => {
      calls += 1
      if (calls > times) return calls
      throw new Error('a query failed', { cause: Object.assign(new Error('shutting down'), { code: '57P01' }) })
    }
    const { read, change } = router({
      read: publicProcedure.query(away(2)),
      change: publicProcedure.mutation(away(5)),
    }).createCaller(context(null))
    expect(await read()).toBe(3)
    expect(await failure(change())).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      cause: { code: 'service.unavailable', extra: { retry_after: 2 } },
    })
    expect(calls).toBe(4)
  })

  it('keeps a defect a defect', async () => {
    expect(await failure(testRouter.createCaller(context(null)).defect())).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
    })
    const defect = new TypeError('x')
    expect(toTrpcError(defect)).toBe(defect)
  })
})

describe('what the browser can call', () => {
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, unknown>)
  const caller = appRouter.createCaller(context(null)) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >

  it.each(procedures.map(([path]) => path))('%s is refused to nobody', async (path) => {
    const [noun = '', verb = ''] = path.split('.')
    const error = await failure(caller[noun]?.[verb]?.({ no: 'such input' }) ?? Promise.reject(new Error(path)))
    expect(error).toBeInstanceOf(TRPCError)
    expect(error).toMatchObject({ code: 'UNAUTHORIZED' })
  })
})
