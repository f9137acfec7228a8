import type { z } from 'zod'
import type { Json, JsonObject, JsonSchema } from '../json.ts'
import type { Instant } from '../time.ts'
import type { OutputSource } from './data.ts'
import type { Field, RetryPolicy, Step } from './definition.ts'
import type { DiagnosticCode } from './diagnostic-codes.ts'
import type { Advice, SourcePath } from './diagnostics.ts'
import type { Scope } from './scope.ts'
import type { ApprovalPolicy, DecisionKind } from './state.ts'

/**
 * What the core knows of step types. It never imports one: whoever calls `validate` or `transition` passes the catalog,
 * so the same call works in the editor, on the server and in a test with a type of its own.
 */
export interface StepCatalog {
  get(type: string): AnyStepType | undefined
  list(): readonly AnyStepType[]
}

// biome-ignore lint/suspicious/noExplicitAny: the registry is heterogeneous; each room is exact in its own file
export type AnyStepType = StepType<any>
export type StepType<C> =
  | PureStepType<C>
  | EffectStepType<C>
  | WaitStepType<C>
  | TimerStepType<C>
  | ForkStepType<C>
  | CallStepType<C>

interface StepTypeBase<C> {
  readonly type: string
  readonly label: string
  /** One sentence for lists and completion. */
  readonly summary: string
  /** Markdown for the reference. */
  readonly docs: string
  /** A YAML step that validates, shown in docs and as a starting point. */
  readonly example: string
  /** Who makes its output: a person, a model, another system, a decision, or the workflow itself. */
  readonly source: OutputSource
  /** What of the output merges into `runtime` where the step has no `output_key`; absent: all its keys. */
  merge?(output: JsonObject): JsonObject
  /** Accepted key → canonical key, e.g. `json_schema` → `output_schema`. Applied before `canonicalise`. */
  readonly aliases: Readonly<Record<string, string>>
  /** Keys of the language that this build cannot honour yet: saved with warning `not_yet_effective`. */
  readonly later: readonly string[]
  /**
   * The canonical parameters, with `.meta({title, description})` on each: forms, completion and docs follow from it. Where
   * authors may write a parameter otherwise than it is kept, `written` says how: a JSON Schema, or the name of one that
   * `language-schema.ts` defines.
   */
  readonly config: z.ZodType<C>
  /** Turns the forms authors write (fields, durations, approvers …) into the shape of `config`; reports what it cannot. */
  canonicalise?(raw: JsonObject, reader: StepReader): JsonObject
  /** The other way round: such parameters as an author would write them; absent: as they are kept. */
  author?(config: C): JsonObject
  /** Rules beyond the shape: schemas that compile, patterns that are linear, combinations that make no sense. */
  check?(config: C, reader: StepReader): void
  /** Every expression and template in the config, for checking names and positions before a run. */
  slots(config: C): readonly Slot[]
  /** Steps it may jump to by itself, besides `next` and `on_error`. null means the end; it is not a jump to check. */
  jumps(config: C): readonly Jump[]
  /** Whether it always says itself where to go, so that its `next` is never followed; absent: never. */
  decidesNext?(config: C): boolean
  /** Where following its `next` is one way among several: what it is followed for, e.g. `false`. null: no such choice. */
  nextLabel?(config: C): string | null
  /** What is known where its `next` is followed, besides that it is; absent: nothing. */
  nextGiven?(config: C): readonly Given[]
  /** JSON Schema of the step's output; null: unknown. */
  output(config: C): JsonSchema | null
  /** Where the output is computed from the context: name → expression, template or constant. */
  computes?(config: C): JsonObject
  /** Templates it needs by id, e.g. stored prompts. */
  templates?(config: C): readonly { readonly id: string; readonly version: number | null; readonly path: SourcePath }[]
}

/** Decided inside the transition; costs no commit of its own. */
export interface PureStepType<C> extends StepTypeBase<C> {
  readonly behavior: 'pure'
  /** Errors of expressions are thrown as `ExpressionError` and fail the step. `next: undefined` follows the step's own. */
  decide(config: C, scope: Scope): { readonly output: JsonObject; readonly next?: string | null }
}

/** Executed by a worker through the room's executor. */
export interface EffectStepType<C> extends StepTypeBase<C> {
  readonly behavior: 'effect'
  /** The retry policy where the step gives none. */
  retry(config: C): RetryPolicy
}

/** Waits for people. */
export interface WaitStepType<C> extends StepTypeBase<C> {
  readonly behavior: 'wait'
  /** Renders what the people will see and who may answer. Pure: no lookup, no clock. */
  open(config: C, scope: Scope, step: Step): WaitOpening
}

/** Waits for an instant. */
export interface TimerStepType<C> extends StepTypeBase<C> {
  readonly behavior: 'timer'
  /** When the run goes on; one that is past already is no wait at all. */
  until(config: C, scope: Scope): Instant
}

/** Runs the blocks of a step side by side, each in a scope of its own, and joins them. */
export interface ForkStepType<C> extends StepTypeBase<C> {
  readonly behavior: 'fork'
  /** The key of the steps inside: lists of them by name, or one list. It is no parameter; they become the step's blocks. */
  readonly holds: 'branches' | 'steps'
  fork(config: C, scope: Scope, step: Step): Fork
}

export type Fork =
  /** One scope for each block. */
  | { readonly over: 'blocks'; readonly join: Join }
  /** One scope for each item, all of the step's only block; at most `max_concurrency` at once (null: all). */
  | { readonly over: 'items'; readonly items: readonly Json[]; readonly max_concurrency: number | null }

/** How many scopes must end well; the others are canceled then. */
export type Join = 'all' | 'any' | { readonly at_least: number }

/** Starts a run of another workflow and waits for its end. */
export interface CallStepType<C> extends StepTypeBase<C> {
  readonly behavior: 'call'
  /** `workflow` is an id or a name; the host finds it. */
  call(config: C, scope: Scope): { readonly workflow: string; readonly inputs: JsonObject }
}

export type WaitOpening = FormOpening | ApprovalOpening

export interface FormOpening {
  readonly kind: 'form'
  readonly title: string
  readonly description: string
  readonly fields: readonly Field[]
  readonly schema: JsonSchema
  /** Gets a mail with the form's link. */
  readonly assignee: ApproverRef | null
  /** The wait has a link that works without an account. */
  readonly public: boolean
  readonly timeout_ms: number | null
}

export interface ApprovalOpening {
  readonly kind: 'approval'
  readonly title: string
  readonly message: string
  /** Exactly what is approved, as the approvers see it, in the author's order. */
  readonly show: JsonObject
  readonly approvers: readonly ApproverRef[]
  readonly policy: ApprovalPolicy
  readonly priority: 'low' | 'normal' | 'high'
  readonly confirm: 'click' | 'code' | 'login'
  readonly self_approval: boolean
  readonly timeout_ms: number | null
  readonly reminder_ms: number | null
  readonly on_timeout:
    | { readonly do: 'reject' | 'approve' | 'fail' | 'escalate' }
    | { readonly do: 'jump'; readonly to: string }
  readonly escalate_to: readonly ApproverRef[]
  /** A step id, or null: fail the run with the reason. */
  readonly on_reject: string | null
  readonly on_revise: { readonly to: string; readonly max: number } | null
  /** The choices offered. */
  readonly choices: readonly DecisionKind[]
}

/** An approver as the definition names them; resolved by the host's directory when the approval opens. */
export type ApproverRef = { readonly email: string } | { readonly role: string } | { readonly user: string }

/** One expression or template in a step's config. */
export interface Slot {
  /** Place in the *canonical config*, e.g. `['headers', 'Authorization']`; the normaliser maps it to the author's text. */
  readonly path: SourcePath
  readonly kind: 'expression' | 'template'
  readonly source: string
  /** Whether `secrets` and `env` may be read here. */
  readonly secrets: boolean
  /** Bare names in reach only here, beside those of the context: the parts of a response, of an answer. */
  readonly names?: readonly string[]
  /** Schema of an object whose properties those names are; absent: nothing is known of them. */
  readonly parts?: JsonSchema
  /** What its value is used as, where not every value will do. */
  readonly wants?: Wanted
  /** What is known where it is evaluated. */
  readonly given?: readonly Given[]
}

/** `people`: an address, `{role}`, `{user}` or a list of these. `parameter`: what stands in an address, or a list of it. */
export type Wanted = 'list' | 'people' | 'time' | 'parameter'

/** A condition that was evaluated, and how it turned out. */
export interface Given {
  readonly source: string
  readonly holds: boolean
}

export interface Jump {
  readonly to: string | null
  readonly path: SourcePath
  /** What it is followed for, when the workflow is drawn; absent: one way among several. */
  readonly kind?: 'reject' | 'revise' | 'timeout'
  /** In a word or an expression, e.g. `true`; absent: its kind says enough. */
  readonly label?: string
  /** The conditions on which it is taken. */
  readonly given?: readonly Given[]
}

/** What a room gets to report problems in terms of the author's own text. Paths are relative to the step's parameters, in canonical keys; advice is a hint, or also a cure. */
export interface StepReader {
  readonly step: string
  /** The names of the blocks inside it; empty where it holds none. */
  readonly blocks: readonly string[]
  error(code: DiagnosticCode, message: string, path: SourcePath, advice?: string | Advice): void
  warning(code: DiagnosticCode, message: string, path: SourcePath, advice?: string | Advice): void
}
