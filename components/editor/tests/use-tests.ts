'use client'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useDebounced } from '#components/ui/use-debounced.ts'
import type { TestReport } from '#lib/workflow/cases/report.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import type { TestsReply, TestsRequest } from './protocol.ts'

/** How long the author pauses before the tests are played again. */
const PAUSE_MS = 300
/** Tests take milliseconds; those that do not end are given up, with their worker. */
const PATIENCE_MS = 10_000

export interface Tests {
  /** Of the last text that was valid; null before one was. */
  readonly report: TestReport | null
  /** The text has errors now, so that the report is of an earlier one. */
  readonly invalid: boolean
  readonly playing: boolean
  /** Why the tests could not be played. */
  readonly error: string | null
  readonly again: () => void
  /** A first test for the text; null where none can be written. */
  readonly first: () => Promise<TextEdit | null>
}

/** Plays the tests of a text in a worker of this page, whenever the author pauses and `active` says that they are looked at. */
export function useTests(text: string, active: boolean): Tests {
  const worker = useRef<Worker | null>(null)
  const pending = useRef(new Map<number, (reply: TestsReply) => void>())
  const last = useRef(0)
  const [report, setReport] = useState<TestReport | null>(null)
  const [told, setTold] = useState<{ readonly text: string; readonly valid: boolean } | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  const rested = useDebounced(text, PAUSE_MS)

  const end = useCallback((reason: string) => {
    worker.current?.terminate()
    worker.current = null
    const left = [...pending.current]
    pending.current.clear()
    for (const [id, settle] of left) settle({ id, failed: reason })
  }, [])
  useEffect(() => () => end('The editor was closed.'), [end])

  const ask = useCallback(
    (call: TestsRequest['call'], of: string): Promise<TestsReply> => {
      const own = worker.current ?? new Worker(new URL('./tests.worker.ts', import.meta.url), { type: 'module' })
      worker.current = own
      const id = ++last.current
      own.onmessage = ({ data }: MessageEvent<TestsReply>) => pending.current.get(data.id)?.(data)
      own.onerror = (event) => {
        event.preventDefault()
        end('The tests could not be loaded. Reload the page and try again.')
      }
      return new Promise((resolve) => {
        const patience = setTimeout(
          () => end('The tests did not come to an end. Look for steps that go round without anybody.'),
          PATIENCE_MS,
        )
        pending.current.set(id, (reply) => {
          clearTimeout(patience)
          pending.current.delete(id)
          resolve(reply)
        })
        own.postMessage({ id, call, text: of } satisfies TestsRequest)
      })
    },
    [end],
  )

  const play = useEffectEvent(async (of: string, isNewest: () => boolean) => {
    const reply = await ask('play', of)
    if (!isNewest()) return
    setError('failed' in reply ? reply.failed : null)
    setTold({ text: of, valid: 'report' in reply && reply.report.workflow !== null })
    if ('report' in reply && reply.report.workflow !== null) setReport(reply.report)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round plays anew
  useEffect(() => {
    if (!active) return
    let newest = true
    void play(rested, () => newest)
    return () => {
      newest = false
    }
  }, [rested, active, round])

  return {
    report,
    invalid: told !== null && !told.valid && error === null,
    playing: active && told?.text !== text,
    error,
    again: () => {
      setTold(null)
      setRound((before) => before + 1)
    },
    first: async () => {
      const reply = await ask('first', text)
      if ('failed' in reply) setError(reply.failed)
      return 'first' in reply ? reply.first : null
    },
  }
}
