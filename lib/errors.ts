/**
 * The one table of errors: code → how it reaches a caller. Codes are dotted and stable; the REST edge, tRPC and the docs
 * all read this. `expected: false` means a defect of ours: logged with its stack, its message never shown.
 */
export const ERRORS = {
  'workflow.invalid': { http: 422, title: 'The workflow has errors' },
  'workflow.not_found': { http: 404, title: 'There is no such workflow' },
  'workflow.disabled': { http: 409, title: 'The workflow is disabled' },
  'workflow.settings_missing': { http: 422, title: 'Settings are missing' },
  'workflow.version_conflict': { http: 412, title: 'The workflow was changed in the meantime' },
  'run.not_found': { http: 404, title: 'There is no such run' },
  'run.wrong_state': { http: 409, title: 'The run is not in a state that allows this' },
  'run.step_limit': { http: 422, title: 'The run took too many steps' },
  'run.unknown_step': { http: 422, title: 'The workflow has no such step' },
  'effect.not_found': { http: 404, title: 'There is no such effect' },
  'effect.already_settled': { http: 409, title: 'Somebody said already what happened' },
  'resume.token_invalid': { http: 401, title: 'The resume token is not valid' },
  'resume.token_expired': { http: 401, title: 'The resume token has expired' },
  'resume.already_decided': { http: 409, title: 'This was answered already' },
  'form.invalid': { http: 422, title: 'The form has errors' },
  'inputs.invalid': { http: 422, title: 'The inputs do not fit' },
  'approval.not_found': { http: 404, title: 'There is no such approval' },
  'approval.rejected': { http: 409, title: 'The approval was rejected' },
  'approval.expired': { http: 409, title: 'The approval has expired' },
  'approval.not_allowed': { http: 403, title: 'You are not one of the approvers' },
  'approval.approver_needed': { http: 422, title: 'Say on whose behalf you decide' },
  'step.timeout': { http: 504, title: 'The step took too long' },
  'step.internal': { http: 500, title: 'The step failed for a reason inside Scaff' },
  'ai.schema_validation_failed': { http: 422, title: 'The AI answer does not match the schema' },
  'budget.exceeded': { http: 422, title: 'The budget is used up' },
  'template.not_found': { http: 404, title: 'There is no such template' },
  'template.exists': { http: 409, title: 'There is a template of this name already' },
  'secret.not_found': { http: 404, title: 'There is no such secret' },
  'api_key.not_found': { http: 404, title: 'There is no such API key' },
  'user.not_found': { http: 404, title: 'There is no such person' },
  'user.exists': { http: 409, title: 'There is an account with this address already' },
  'idempotency.key_reused': { http: 422, title: 'The idempotency key was used for something else' },
  'idempotency.key_invalid': { http: 400, title: 'The idempotency key is not valid' },
  'idempotency.in_progress': { http: 409, title: 'The first request with this key is still under way' },
  'auth.required': { http: 401, title: 'Sign in or send an API key' },
  'auth.invalid': { http: 401, title: 'The credentials are not valid' },
  'auth.forbidden': { http: 403, title: 'You do not have the right to do this' },
  'auth.link_invalid': { http: 401, title: 'The link is not valid' },
  'auth.origin_refused': { http: 403, title: 'The request came from another site' },
  'rate_limit.exceeded': { http: 429, title: 'Too many requests' },
  'payload.too_large': { http: 413, title: 'The body is too large' },
  'payload.unsupported': { http: 415, title: 'Send JSON' },
  'request.invalid': { http: 422, title: 'The request is not valid' },
  'request.malformed': { http: 400, title: 'The body is not JSON' },
  'request.not_found': { http: 404, title: 'There is nothing here' },
  'request.method_not_allowed': { http: 405, title: 'This method is not offered here' },
  'setup.done': { http: 409, title: 'Scaff is set up already' },
  'service.unavailable': { http: 503, title: 'Scaff is not ready' },
  internal: { http: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { readonly http: number; readonly title: string }>

export type ErrorCode = keyof typeof ERRORS

/** One thing wrong with a request: `path` in words of the API, positions only for workflow texts. */
export interface ErrorItem {
  readonly path: string
  readonly code: string
  readonly message: string
  readonly line?: number
  readonly column?: number
}

/** An error that a caller may see: a code of the table and a sentence that says what to do. */
export class ScaffError extends Error {
  readonly code: ErrorCode
  readonly errors: readonly ErrorItem[]
  /** Extra members of the problem document, e.g. who decided. */
  readonly extra: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    detail: string,
    more: { errors?: readonly ErrorItem[]; extra?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'ScaffError'
    this.code = code
    this.errors = more.errors ?? []
    this.extra = more.extra ?? {}
  }
}
