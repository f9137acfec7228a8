/**
 * Rounds the exact binary value to `digits` (0–15) places; exactly half goes to the even neighbour. `toFixed` rounds the
 * exact value too, but a half always away from zero. A half of 10^-digits is a binary number only if the value times
 * 2^(digits+1) is an odd whole number, and that product is exact.
 */
export function roundHalfEven(value: number, digits: number): number {
  if (Number.isInteger(value)) return value
  const fixed = value.toFixed(digits)
  const halves = Math.abs(value * 2 ** (digits + 1))
  if (halves % 2 !== 1) return Number(fixed)
  const unscaled = BigInt(fixed.replace('.', ''))
  if (unscaled % 2n === 0n) return Number(fixed)
  return Number(`${unscaled - (value < 0 ? -1n : 1n)}e-${digits}`)
}
