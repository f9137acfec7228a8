import { initTRPC, TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { ERRORS, ScaffError } from '#lib/errors.ts'
import { zodItems } from '#lib/zod-items.ts'
import { isRetryable, retrying, WHILE_SOMEBODY_WAITS_MS } from '#server/db/retrying.ts'
import type { Actor } from '#server/engine/port.ts'
import type { ServiceContext } from '#server/services/context.ts'
import { isScaffError, type Problem, toProblem, toScaffError } from './error-map.ts'

/** tRPC's names of the HTTP statuses in our table of errors. */
const TRPC_CODES = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  412: 'PRECONDITION_FAILED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT',
} as const satisfies Record<(typeof ERRORS)[keyof typeof ERRORS]['http'], TRPCError['code']>

const t = initTRPC.context<ServiceContext>().create({
  isDev: false,
  errorFormatter({ shape, error, ctx }) {
    return {
      ...shape,
      message: describe(error, ctx).detail,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, problem: describe(error, ctx) },
    }
  },
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
})

/**
 * Errors of the table keep their status; what zod refuses is `request.invalid`; the rest stays a defect of ours. A query
 * is asked again while the database is away.
 */
const mapErrors = t.middleware(async ({ next, type }) => {
  const again = async () => {
    const result = await next()
    if (!result.ok && isRetryable(result.error)) throw result.error
    return result
  }
  const asked = type === 'query' ? retrying(again, WHILE_SOMEBODY_WAITS_MS) : next()
  const result = await asked.catch((thrown: unknown) => {
    throw toTrpcError(thrown)
  })
  if (result.ok) return result
  throw toTrpcError(result.error.cause ?? result.error)
})

/** Gives an error of the table its tRPC code; what is not one passes as it is. */
export function toTrpcError(thrown: unknown): unknown {
  const known = thrown instanceof ZodError ? invalidInput(thrown) : toScaffError(thrown)
  if (known === null) return thrown
  return new TRPCError({ code: TRPC_CODES[ERRORS[known.code].http], message: known.message, cause: known })
}

function invalidInput(error: ZodError): ScaffError {
  const errors = zodItems(error)
  const first = errors[0]
  const detail = `${first?.path ? `${first.path}: ` : ''}${first?.message ?? 'The input does not fit.'}`
  return new ScaffError('request.invalid', detail, { errors })
}

export const router = t.router
/** For the few procedures that need no account. */
export const publicProcedure = t.procedure.use(mapErrors)
/** For everything else: somebody is signed in. What they may do, the service decides. */
export const authedProcedure = publicProcedure.use(async ({ ctx, next }) => {
  if (ctx.actor === null) throw new ScaffError('auth.required', 'Sign in to go on.')
  const actor: Actor = ctx.actor
  return next({ ctx: { ...ctx, actor } })
})

/** The same problem document that REST answers, in `error.data.problem`; the route logs defects. */
function describe(error: TRPCError, ctx: ServiceContext | undefined): Problem {
  const known = isScaffError(error.cause) ? error.cause : protocolError(error)
  return toProblem(known, ctx?.requestId ?? '', null)
}

/** What tRPC itself refuses, in our words. */
function protocolError(error: TRPCError): unknown {
  if (error.code === 'NOT_FOUND') return new ScaffError('request.not_found', 'There is no such procedure.')
  if (error.code === 'METHOD_NOT_SUPPORTED') {
    return new ScaffError('request.method_not_allowed', 'Call queries with GET and mutations with POST.')
  }
  if (error.code === 'UNSUPPORTED_MEDIA_TYPE') return new ScaffError('payload.unsupported', 'Send JSON.')
  if (error.code === 'PARSE_ERROR' || error.code === 'BAD_REQUEST') {
    return new ScaffError('request.malformed', 'The input is not JSON of the expected form.')
  }
  return error
}
