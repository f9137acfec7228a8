'use client'
import { Select } from '#components/ui/select.tsx'
import { inZone } from '#components/ui/time-format.ts'
import { useZone } from '#components/ui/viewer-time.tsx'
import type { RunRow } from '#lib/contracts/runs.ts'

type Chosen = Pick<RunRow, 'run_id' | 'status' | 'started_at' | 'workflow_version' | 'started_by'>

interface RunChoiceProps {
  readonly label: string
  /** null: none is chosen. */
  readonly value: Chosen | null
  /** Of one workflow, the newest first; undefined: on their way. */
  readonly runs: readonly Chosen[] | undefined
  /** Not to be chosen: the other side. */
  readonly without: string | null
  readonly onChange: (runId: string) => void
}

/** One run of a workflow, by when it was started, how it stands and by whom. */
export function RunChoice({ label, value, runs = [], without, onChange }: RunChoiceProps) {
  const zone = useZone()
  const options = runs.filter(({ run_id }) => run_id !== without)
  const all = value && !options.some(({ run_id }) => run_id === value.run_id) ? [value, ...options] : options
  return (
    <Select
      aria-label={label}
      value={value?.run_id ?? ''}
      onChange={(event) => event.target.value !== '' && onChange(event.target.value)}
    >
      {value === null && <option value="">Choose a run…</option>}
      {all.map((run) => (
        <option key={run.run_id} value={run.run_id}>
          {[
            inZone(run.started_at, zone),
            run.status,
            `version ${run.workflow_version}`,
            ...(run.started_by === null ? [] : [run.started_by]),
            // Runs of one minute are told apart by it.
            `…${run.run_id.slice(-6)}`,
          ].join(' · ')}
        </option>
      ))}
    </Select>
  )
}
