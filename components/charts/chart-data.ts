/** How a series is told apart by those who see no colours. */
export type Pattern = 'solid' | 'stripes' | 'dots' | 'hollow' | 'dashed'

export interface Series {
  readonly key: string
  readonly label: string
  /** A token of the theme: `var(--good)`. */
  readonly color: string
  readonly pattern: Pattern
}

export interface Point {
  readonly key: string
  /** At the axis: short. */
  readonly label: string
  /** In the tooltip and the table: complete. */
  readonly detail: string
  /** By series; null where there is nothing to tell. */
  readonly values: Readonly<Record<string, number | null>>
}

/** What a chart draws and its table says: one source, so that they cannot differ. */
export interface ChartData {
  /** The head of the table's first column: "Day". */
  readonly unit: string
  readonly series: readonly Series[]
  readonly points: readonly Point[]
  readonly format: (value: number) => string
  /** Marks of the axis, where the library's choice would not be round. */
  readonly axis?: { readonly ticks: (most: number) => readonly number[]; readonly format: (value: number) => string }
}

/** Series in which something stands: a legend names only what can be seen. */
export function shownSeries({ series, points }: ChartData): readonly Series[] {
  return series.filter(({ key }) => points.some(({ values }) => (values[key] ?? 0) !== 0))
}
