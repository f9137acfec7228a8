/** Milliseconds of processor time that something took: unlike the time on the wall it does not grow when others work too. */
export function cpuTime(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
