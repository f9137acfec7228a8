/** "12 % more than in the 7 days before"; null where there is nothing to compare with. */
export function changeWords(now: number, before: number, than: string): string | null {
  if (before === 0) return now === 0 ? null : `none in ${than}`
  const percent = Math.round(((now - before) / before) * 100)
  if (percent === 0) return `as much as in ${than}`
  return percent > 0 ? `${percent} % more than in ${than}` : `${-percent} % less than in ${than}`
}

/** The same for a share of 0 to 1, in points of a hundred. */
export function shareChangeWords(now: number | null, before: number | null, than: string): string | null {
  if (now === null || before === null) return null
  const points = Math.round((now - before) * 100)
  if (points === 0) return `the same as in ${than}`
  return `${Math.abs(points)} points ${points > 0 ? 'above' : 'below'} ${than}`
}

/** `98 %`; never rounded up to all or down to none. */
export function share(value: number): string {
  const percent = value * 100
  if (percent > 99 && percent < 100) return `${Math.floor(percent * 10) / 10} %`
  return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`
}
