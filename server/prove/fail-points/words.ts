import type { EffectResolution } from '#lib/workflow/events.ts'
import type { RunAnswer, SignalAnswer, SignalInput, StartAnswer, StartInput } from '#server/engine/port.ts'

/** What a caller asks of a process, as a request would. */
export type Wish =
  | { readonly ask: 'start'; readonly input: StartInput }
  | { readonly ask: 'signal'; readonly input: SignalInput }
  | { readonly ask: 'cancel'; readonly input: { readonly run_id: string; readonly reason: string } }
  | {
      readonly ask: 'resolve'
      readonly input: {
        readonly run_id: string
        readonly effect: string
        readonly resolution: EffectResolution
        readonly by: { readonly via: 'key'; readonly id: string; readonly label: string }
      }
    }

export interface Answers {
  readonly start: StartAnswer
  readonly signal: SignalAnswer
  readonly cancel: RunAnswer
  readonly resolve: RunAnswer
}

/** Said to the process. */
export type Order =
  | { readonly do: 'work'; readonly id: string; readonly leaseSeconds: number }
  /** Killed when it comes by the point for the nth time. */
  | { readonly do: 'die'; readonly point: string; readonly nth: number }
  | { readonly do: 'answer'; readonly wish: Wish }
  /** As SIGTERM tells it: ends once its worker has stopped. */
  | { readonly do: 'stop' }

/** Said by the process. */
export type Word =
  | { readonly said: 'loaded' | 'working' }
  | { readonly said: 'at'; readonly point: string }
  | { readonly said: 'answer'; readonly answer: Answers[keyof Answers] }
  | { readonly said: 'trouble'; readonly trouble: string }
