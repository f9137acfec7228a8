import type { Json, JsonObject } from '#lib/json.ts'
import type { AiPort, HttpPort, PromptPort, SchemaPort, StepExecutor } from '#lib/steps/kit.ts'
import type { ChildStart } from '../../port.ts'
import type { LoadedRun } from '../load.ts'
import type { EngineParts } from '../parts.ts'
import type { Lease } from './lease.ts'

/** What a worker needs besides the engine itself: the outside world, passed in by its composition root. */
export interface WorkerPorts {
  readonly executors: { readonly [type: string]: StepExecutor | undefined }
  readonly ai: AiPort
  readonly http: HttpPort
  readonly schemas: SchemaPort
  readonly prompts: PromptPort
  /** Values of the secrets a step names; one that is not set is left out. */
  secrets(names: readonly string[]): Promise<Readonly<Record<string, string>>>
  /** Workspace constants marked sensitive: never frozen into a run, read only where secrets may be. */
  sensitiveConstants(): Promise<JsonObject>
  /** Removes secret values from what is stored of a step's input. */
  redact(value: Json, secrets: Readonly<Record<string, string>>): Json
  /** Finds the workflow that a step calls, and what its run begins with. */
  child(caller: LoadedRun, workflow: string, inputs: JsonObject): Promise<ChildStart>
  /**
   * Sends one message. Awaits `sent` right before the first byte where the other side would take a repeat for another mail,
   * and rejects with what that rejects with.
   */
  deliver(message_id: string, sent: () => Promise<void>): Promise<Delivery>
}

export type Delivery =
  | { readonly ok: true }
  | {
      readonly ok: false
      /** false gives it up for good. */
      readonly retry: boolean
      /** It may have arrived all the same. */
      readonly unanswered: boolean
      readonly error: string
    }

export interface WorkerContext {
  readonly parts: EngineParts
  readonly ports: WorkerPorts
  readonly lease: Lease
  /** What is being done: by the id of the row that was claimed, that of the row which the run stands at. */
  readonly holding: Map<string, string>
  /** Aborted when the worker stops or has lost its lease. */
  readonly stop: AbortSignal
  readonly report: (error: unknown, what: string) => void
}
