import type { StepError } from '#lib/workflow/events.ts'

/** What a provider's HTTP answer means for the step; the same for every provider. */
export function failureOf(answer: {
  /** As people know it, for messages. */
  readonly provider: string
  readonly setting: string
  readonly model: string
  readonly status: number
  readonly message: string
  readonly headers: Headers | undefined
}): StepError {
  const { provider, setting, model, status } = answer
  const retry_after_ms = retryAfter(answer.headers)
  const says = answer.message === '' ? '' : ` It said: ${shorten(answer.message)}`
  if (status === 401 || status === 403) {
    // Its words may repeat part of the key.
    return refuse('ai.key_refused', `${provider} refused the key. Check ${setting} and its rights.`)
  }
  if (status === 404) return refuse('ai.model_not_found', `${provider} does not know the model ${model}.${says}`)
  if (status === 429 && /quota|billing|credit/i.test(answer.message)) {
    return refuse('ai.quota_exhausted', `The account at ${provider} has no credit left. Top it up, then retry the run.`)
  }
  if (status === 429) {
    return {
      code: 'ai.rate_limited',
      message: `${provider} asks to slow down.${says}`,
      retryable: true,
      retry_after_ms,
    }
  }
  if (status === 408 || status === 504) {
    return { code: 'ai.timeout', message: `${provider} did not answer in time.`, retryable: true, retry_after_ms }
  }
  if (status >= 500 || status === 409) {
    const message = `${provider} has a problem of its own (status ${status}).`
    return { code: 'ai.unavailable', message, retryable: true, retry_after_ms }
  }
  return refuse('ai.request_refused', `${provider} refused the request (status ${status}).${says}`)
}

function refuse(code: string, message: string): StepError {
  return { code, message, retryable: false, retry_after_ms: null }
}

/** `retry-after-ms`, else `Retry-After` in seconds or as a date; null where there is none that can be read. */
function retryAfter(headers: Headers | undefined): number | null {
  const ms = Number.parseFloat(headers?.get('retry-after-ms') ?? '')
  if (Number.isFinite(ms)) return Math.max(0, Math.round(ms))
  const text = headers?.get('retry-after') ?? ''
  const seconds = Number(text)
  if (text !== '' && Number.isFinite(seconds)) return Math.max(0, Math.round(seconds * 1_000))
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now())
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}
