'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { JsonObject } from '#lib/json.ts'
import type { SimulatedRun, SimulationAct } from '#lib/simulation/types.ts'
import type { AiMode, StartProblem, TestRunReply, TestRunRequest, TestScript } from './protocol.ts'

/** A run that takes longer goes round in circles somewhere: its worker is given up. */
const PATIENCE_MS = 10_000

export interface TestRun {
  readonly script: TestScript | null
  readonly played: SimulatedRun | null
  /** Why the run could not begin, or the last act could not be done. */
  readonly error: string | null
  /** What is wrong with single inputs or answers. */
  readonly problems: readonly StartProblem[]
  readonly busy: boolean
  start(text: string, inputs: JsonObject, mode: AiMode): void
  act(act: SimulationAct): void
  /** Takes the last act back. */
  back(): void
  /** Plays the same acts on another text. */
  again(text: string): void
  /** Forgets the run, back to the start form. */
  reset(): void
}

const TESTER = { name: 'You', email: 'you@example.com' }

/** Plays a script in a worker of this page: nothing of it reaches a server. */
export function useTestRun(): TestRun {
  const worker = useRef<Worker | null>(null)
  const last = useRef(0)
  const patience = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const [script, setScript] = useState<TestScript | null>(null)
  const [played, setPlayed] = useState<SimulatedRun | null>(null)
  const [trouble, setTrouble] = useState<{ error: string; problems: readonly StartProblem[] } | null>(null)
  const [busy, setBusy] = useState(false)

  const end = useCallback(() => {
    clearTimeout(patience.current)
    worker.current?.terminate()
    worker.current = null
  }, [])
  useEffect(() => end, [end])

  const fail = useCallback((error: string, problems: readonly StartProblem[] = []) => {
    setBusy(false)
    setTrouble({ error, problems })
  }, [])

  const settle = useCallback(
    (asked: TestScript, reply: TestRunReply) => {
      clearTimeout(patience.current)
      if ('failed' in reply) {
        fail(reply.failed, reply.problems)
        return
      }
      const { problem } = reply.played
      setBusy(false)
      // What was done before an act that could not be done still stands.
      setTrouble(problem && { error: problem.message, problems: problem.fields })
      setScript(problem ? { ...asked, acts: asked.acts.slice(0, problem.act) } : asked)
      setPlayed(reply.played)
    },
    [fail],
  )

  const play = useCallback(
    (asked: TestScript) => {
      const own = worker.current ?? new Worker(new URL('./test-run.worker.ts', import.meta.url), { type: 'module' })
      worker.current = own
      const id = ++last.current
      setBusy(true)
      clearTimeout(patience.current)
      patience.current = setTimeout(() => {
        end()
        fail('The test run did not come to rest. Look for steps that go round without waiting for anybody.')
      }, PATIENCE_MS)
      own.onmessage = ({ data }: MessageEvent<TestRunReply>) => {
        if (data.id === last.current) settle(asked, data)
      }
      own.onerror = (event) => {
        event.preventDefault()
        end()
        fail('The test run could not be loaded. Reload the page and try again.')
      }
      own.postMessage({ id, script: asked } satisfies TestRunRequest)
    },
    [end, fail, settle],
  )

  return {
    script,
    played,
    error: trouble?.error ?? null,
    problems: trouble?.problems ?? [],
    busy,
    start: (text, inputs, mode) =>
      play({ text, inputs, mode, acts: [], startsAt: new Date().toISOString(), startedBy: TESTER }),
    act: (act) => script && play({ ...script, acts: [...script.acts, act] }),
    back: () => script && play({ ...script, acts: script.acts.slice(0, -1) }),
    again: (text) => script && play({ ...script, text }),
    reset: () => {
      last.current += 1
      setScript(null)
      setPlayed(null)
      setTrouble(null)
      setBusy(false)
    },
  }
}
