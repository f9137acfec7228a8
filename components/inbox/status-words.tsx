import { Ban, CircleCheck, CircleX, Clock, Hourglass, type LucideIcon, PencilLine } from 'lucide-react'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import type { ApprovalStatus } from '#lib/contracts/approvals.ts'
import type { Quorum } from '#lib/contracts/run-waits.ts'

const LOOKS: Readonly<Record<ApprovalStatus, { label: string; tone: Tone; icon: LucideIcon }>> = {
  pending: { label: 'Waiting', tone: 'warn', icon: Hourglass },
  approved: { label: 'Approved', tone: 'good', icon: CircleCheck },
  rejected: { label: 'Rejected', tone: 'bad', icon: CircleX },
  revised: { label: 'Sent back', tone: 'info', icon: PencilLine },
  expired: { label: 'Expired', tone: 'neutral', icon: Clock },
  canceled: { label: 'Canceled', tone: 'neutral', icon: Ban },
}

export function ApprovalStatusBadge({ status }: { readonly status: ApprovalStatus }) {
  const { label, tone, icon: Icon } = LOOKS[status]
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {label}
    </Badge>
  )
}

/** "1 of 2 approved" where more than one approval is needed. */
export function quorumWords({ needed, approved }: Quorum): string | null {
  return needed > 1 ? `${approved} of ${needed} approved` : null
}

/** How many it takes, in a sentence for whoever decides. */
export function policyWords({ policy, needed, total }: Quorum): string | null {
  if (total <= 1) return null
  if (policy === 'any') return `One of ${total} people decides.`
  if (policy === 'all') return `All ${total} have to approve; one rejection rejects it.`
  if (policy === 'sequential') return `All ${total} are asked one after the other; one rejection rejects it.`
  return `It takes ${needed} approvals of ${total} people.`
}
