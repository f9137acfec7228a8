import type { Series } from './chart-data.ts'

/** The marks of a chart in words, with what each amounts to where that says something. */
export function ChartLegend({
  series,
  values,
}: {
  readonly series: readonly Series[]
  readonly values?: Readonly<Record<string, string>>
}) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
      {series.map(({ key, label, color, pattern }) => (
        <li key={key} className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="14" height="10" className="shrink-0">
            <Mark color={color} pattern={pattern} />
          </svg>
          {label}
          {values?.[key] !== undefined && <span className="tabular font-medium text-ink">{values[key]}</span>}
        </li>
      ))}
    </ul>
  )
}

function Mark({ color, pattern }: Pick<Series, 'color' | 'pattern'>) {
  if (pattern === 'dashed') return <path d="M0 5h14" stroke={color} strokeWidth="2" strokeDasharray="3 2" />
  if (pattern === 'hollow') {
    return <rect x="0.75" y="0.75" width="12.5" height="8.5" rx="1.5" fill="none" stroke={color} strokeWidth="1.5" />
  }
  return (
    <>
      <rect width="14" height="10" rx="2" fill={color} opacity={pattern === 'solid' ? 1 : 0.35} />
      {pattern === 'stripes' && <path d="M-2 10 8 0M3 10 13 0M8 10 18 0" stroke={color} strokeWidth="2" />}
      {pattern === 'dots' && (
        <g fill={color}>
          <circle cx="3" cy="3" r="1.3" />
          <circle cx="9" cy="3" r="1.3" />
          <circle cx="6" cy="7" r="1.3" />
          <circle cx="12" cy="7" r="1.3" />
        </g>
      )}
    </>
  )
}
