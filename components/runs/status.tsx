import { clsx } from 'clsx'
import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  SkipForward,
} from 'lucide-react'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import type { StepStatus } from '#lib/contracts/run-steps.ts'
import type { RunStatus } from '#lib/contracts/runs.ts'

interface Look {
  readonly icon: LucideIcon
  readonly label: string
  readonly tone: Tone
}

/** Shape and word carry the meaning, colour only repeats it. */
const LOOKS: Readonly<Record<RunStatus | StepStatus, Look>> = {
  queued: { icon: CircleDashed, label: 'Queued', tone: 'neutral' },
  pending: { icon: CircleDashed, label: 'Not reached', tone: 'neutral' },
  running: { icon: LoaderCircle, label: 'Running', tone: 'info' },
  waiting: { icon: Hourglass, label: 'Waiting', tone: 'warn' },
  completed: { icon: CircleCheck, label: 'Completed', tone: 'good' },
  failed: { icon: CircleX, label: 'Failed', tone: 'bad' },
  skipped: { icon: SkipForward, label: 'Skipped', tone: 'neutral' },
  canceled: { icon: Ban, label: 'Canceled', tone: 'neutral' },
}

const INK: Readonly<Record<Tone, string>> = {
  neutral: 'text-ink-subtle',
  accent: 'text-accent-ink',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
  info: 'text-info',
}

type Status = RunStatus | StepStatus

export function StatusBadge({ status }: { readonly status: Status }) {
  const { icon: Icon, label, tone } = LOOKS[status]
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" className={clsx(status === 'running' && 'animate-spin')} />
      {label}
    </Badge>
  )
}

/** The sign alone, where a word would be noise; it is still read out. */
export function StatusIcon({ status, className }: { readonly status: Status; readonly className?: string }) {
  const { icon: Icon, label, tone } = LOOKS[status]
  return (
    <span title={label} className={clsx('inline-flex shrink-0', INK[tone], className)}>
      <Icon aria-hidden="true" className={clsx('size-4', status === 'running' && 'animate-spin')} />
      <span className="sr-only">{label}</span>
    </span>
  )
}

export function statusLabel(status: Status): string {
  return LOOKS[status].label
}
