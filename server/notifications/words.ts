import { oneLine } from '#lib/mail-subject.ts'
import type { Profile } from '#lib/workflow/data.ts'

/** `Sat, 1 Mar 2026, 09:30 UTC`: the zone of whoever reads a mail is not known, so it is always named. */
export function utc(at: string | Date): string {
  const date = new Date(at).toUTCString()
  return `${date.slice(0, 22).replace(/ (\d\d:\d\d)$/, ', $1')} UTC`
}

/** Who started a run, as others know them; null where there is no person. */
export function starter({ name, user_email, agent_id }: Profile): string | null {
  const who =
    name && user_email ? `${name} (${user_email})` : name || user_email || (agent_id && `the agent ${agent_id}`)
  return who ? oneLine(who, 'Somebody') : null
}
