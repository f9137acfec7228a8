import type { Json, JsonObject } from '../../json.ts'
import type { MockMode } from '../../mock-ai/modes.ts'
import type { Instant } from '../../time.ts'
import type { MessageRequest } from '../commands.ts'
import type { SourcePath } from '../diagnostics.ts'
import type { DecisionKind } from '../state.ts'

/** One entry of `tests:`: what a run is given and answered, and what must come of it. */
export interface TestCase {
  readonly name: string
  /** In the author's document. */
  readonly path: SourcePath
  readonly inputs: JsonObject
  /** Stand for the workspace's constants; the file's own go before them. */
  readonly static: JsonObject
  /** Who starts the run, as far as it matters. */
  readonly profile: CaseProfile
  /** When the virtual clock begins; null: at a fixed time. */
  readonly at: Instant | null
  readonly people: Scripts<PersonAnswer>
  readonly ai: Scripts<AiAnswer>
  readonly http: Scripts<HttpAnswer>
  readonly workflows: Scripts<CallAnswer>
  readonly expect: Expectation
}

export const PROFILE_KEYS = ['user_id', 'user_email', 'user_role', 'name'] as const
export type CaseProfile = { readonly [K in (typeof PROFILE_KEYS)[number]]?: string }

/** What each step is answered, by the step's id. */
export type Scripts<T> = { readonly [step: string]: Script<T> }

export interface Script<T> {
  readonly path: SourcePath
  /** Whether its only answer is given each time; a list is used up, one answer after the other. */
  readonly repeats: boolean
  readonly answers: readonly T[]
  /** A file beside the workflow that holds the answers, as a model gave them. */
  readonly recorded?: string
}

export type PersonAnswer =
  /** Nobody answers; time passes. */
  | { readonly do: 'silence' }
  | { readonly do: 'submit'; readonly values: JsonObject; readonly after_ms: number }
  | {
      readonly do: 'decide'
      readonly decision: DecisionKind
      readonly comment: string
      /** Address of the approver who says so; null: everybody who is asked. */
      readonly by: string | null
      readonly after_ms: number
    }

export type AiAnswer =
  | { readonly do: 'act'; readonly mode: MockMode }
  /** The answer as a model would send it. */
  | { readonly do: 'say'; readonly text: string }

export type HttpAnswer =
  /** A reply that fits `response_schema` and counts as success. */
  | { readonly do: 'succeed' }
  | {
      readonly do: 'reply'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Json
    }
  | { readonly do: 'fail'; readonly code: HttpTrouble; readonly message: string }

/** What keeps an answer from coming; the first two pass by themselves, so that they are tried again. */
export const HTTP_TROUBLES = [
  'http.network',
  'http.timeout',
  'http.tls',
  'http.egress_refused',
  'http.too_large',
] as const
export type HttpTrouble = (typeof HTTP_TROUBLES)[number]

export type CallAnswer =
  | { readonly do: 'complete'; readonly outputs: Json }
  | { readonly do: 'fail'; readonly message: string }
  /** The called workflow itself is played, by the script of this case of its own. */
  | { readonly do: 'play'; readonly case: string }

export const EXPECTED_STATUSES = ['completed', 'failed', 'waiting'] as const
export type ExpectedStatus = (typeof EXPECTED_STATUSES)[number]

/** What is not given is not looked at, apart from the status. */
export interface Expectation {
  readonly status: ExpectedStatus
  readonly error?: { readonly code?: string; readonly step?: string; readonly message?: string }
  /** The workflow's own steps in the order in which they ran, repeats included. */
  readonly path?: readonly string[]
  readonly visited?: readonly string[]
  readonly not_visited?: readonly string[]
  readonly outputs?: Json
  readonly runtime?: JsonObject
  readonly mails?: readonly MailExpectation[]
  readonly decisions?: { readonly [step: string]: readonly DecisionExpectation[] }
  /** Expressions that hold of the context at the end. */
  readonly checks?: readonly string[]
}

export const MAIL_KINDS = [
  'approval_request',
  'approval_reminder',
  'approval_escalation',
  'form_request',
] as const satisfies readonly MessageRequest['kind'][]

/** Mails that fit all of it; `count` says how many there must be, else at least one. */
export interface MailExpectation {
  readonly to?: string
  readonly kind?: (typeof MAIL_KINDS)[number]
  readonly subject?: string
  readonly step?: string
  readonly count?: number
}

export const DECISION_WORDS = ['approve', 'reject', 'revise', 'expired'] as const

export interface DecisionExpectation {
  /** `expired`: the time ran out. */
  readonly decision: (typeof DECISION_WORDS)[number]
  readonly by?: string
  readonly comment?: string
}
