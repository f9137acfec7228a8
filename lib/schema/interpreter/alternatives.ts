import { MESSAGES } from '../messages.ts'
import type { Place } from '../paths.ts'
import { absorb, absorbSeen, type Finding, type Outcome } from './outcome.ts'

/** allOf, anyOf and oneOf: given what each form said, what is to be told. */
export function checkAll(forms: readonly Outcome[], outcome: Outcome): void {
  for (const form of forms) absorb(outcome, form)
}

export function checkAny(forms: readonly Outcome[], place: Place, outcome: Outcome): void {
  const fitting = forms.filter((form) => form.findings.length === 0)
  for (const form of fitting) absorbSeen(outcome, form)
  if (fitting.length === 0) outcome.findings.push(...closest(forms, place, 'anyOf'))
}

export function checkOne(forms: readonly Outcome[], place: Place, outcome: Outcome): void {
  const fitting = [...forms.entries()].filter(([, form]) => form.findings.length === 0)
  for (const [, form] of fitting) absorbSeen(outcome, form)
  if (fitting.length === 0) outcome.findings.push(...closest(forms, place, 'oneOf'))
  if (fitting.length > 1) {
    outcome.findings.push({ place, keyword: 'oneOf', message: MESSAGES.oneOf(fitting.map(([i]) => i)) })
  }
}

/**
 * Where one form is plainly the one that was meant, its own findings help more than "fits none": with `{…} or null` nobody
 * who wrote an object meant null, and a property with a const tells forms apart.
 */
function closest(forms: readonly Outcome[], place: Place, keyword: string): Finding[] {
  const meant = forms.filter((form) => !form.findings.some((finding) => isMismatch(finding, place)))
  const only = meant.length === 1 ? meant[0] : undefined
  return only?.findings ?? [{ place, keyword, message: MESSAGES.anyOf(forms.length) }]
}

function isMismatch(finding: Finding, place: Place): boolean {
  const below = finding.place.length - place.length
  if (below === 0) return ['type', 'const', 'enum', 'false'].includes(finding.keyword)
  return below === 1 && finding.keyword === 'const'
}
