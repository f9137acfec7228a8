'use client'
import { CalendarDays, ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FieldError } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Label } from '#components/ui/label.tsx'
import { Popover } from '#components/ui/popover.tsx'
import type { AnalyticsPeriod } from '#lib/contracts/analytics.ts'
import { isDay, PERIOD_WORDS, type RangeChoice } from './range-choice.ts'

const PERIODS: readonly AnalyticsPeriod[] = ['24h', '7d', '30d']

interface RangePickerProps<Choice extends RangeChoice | null> {
  readonly value: Choice
  readonly onChange: (value: RangeChoice | Choice) => void
  /** Where any time at all may be chosen too: the words for it, and what stands for it. */
  readonly always?: string
}

/** The last hours or days, or days of one's own. */
export function RangePicker<Choice extends RangeChoice | null>({ value, onChange, always }: RangePickerProps<Choice>) {
  return (
    <Popover
      label="Time range"
      align="end"
      trigger={
        <Button>
          <CalendarDays aria-hidden="true" />
          <span className="sr-only">Time range: </span>
          {value === null ? always : rangeWords(value)}
          <ChevronDown aria-hidden="true" className="text-ink-subtle" />
        </Button>
      }
    >
      {(close) => (
        <Panel
          value={value}
          always={always}
          onChange={(next) => {
            onChange(next as RangeChoice | Choice)
            close()
          }}
        />
      )}
    </Popover>
  )
}

interface PanelProps {
  readonly value: RangeChoice | null
  readonly always: string | undefined
  readonly onChange: (value: RangeChoice | null) => void
}

function Panel({ value, always, onChange }: PanelProps) {
  const id = useId()
  const own = value && 'from' in value ? value : null
  const [from, setFrom] = useState(own?.from ?? '')
  const [to, setTo] = useState(own?.to ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <div className="grid w-60 gap-3">
      <ul className="grid gap-0.5">
        {always !== undefined && (
          <li>
            <Choice chosen={value === null} onChoose={() => onChange(null)}>
              {always}
            </Choice>
          </li>
        )}
        {PERIODS.map((period) => (
          <li key={period}>
            <Choice
              chosen={value !== null && 'period' in value && value.period === period}
              onChoose={() => onChange({ period })}
            >
              Last {PERIOD_WORDS[period]}
            </Choice>
          </li>
        ))}
      </ul>
      <form
        noValidate
        className="grid gap-2 border-t pt-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isDay(from) || !isDay(to)) setProblem('Choose a first and a last day')
          else if (from > to) setProblem('The first day lies after the last')
          else onChange({ from, to })
        }}
      >
        <Label htmlFor={`${id}-from`}>First day</Label>
        <Input id={`${id}-from`} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        <Label htmlFor={`${id}-to`}>Last day</Label>
        <Input
          id={`${id}-to`}
          type="date"
          value={to}
          aria-describedby={problem === null ? undefined : `${id}-error`}
          onChange={(event) => setTo(event.target.value)}
        />
        {problem && <FieldError id={`${id}-error`}>{problem}</FieldError>}
        <Button type="submit" className="mt-1">
          Show these days
        </Button>
      </form>
    </div>
  )
}

interface ChoiceProps {
  readonly chosen: boolean
  readonly onChoose: () => void
  readonly children: React.ReactNode
}

function Choice({ chosen, onChoose, children }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className="flex h-8 w-full items-center rounded-md px-2 text-start text-[0.8125rem] hover:bg-hover aria-pressed:bg-hover aria-pressed:font-medium"
    >
      {children}
    </button>
  )
}

function rangeWords(value: RangeChoice): string {
  if ('period' in value) return `Last ${PERIOD_WORDS[value.period]}`
  const words = (day: string) =>
    new Date(`${day}T00:00`).toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
  return value.from === value.to ? words(value.from) : `${words(value.from)} – ${words(value.to)}`
}
