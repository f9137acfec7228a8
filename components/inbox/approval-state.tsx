import { DateTime } from '#components/ui/date-time.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Approval } from '#lib/contracts/approvals.ts'

/** Why there is nothing for the reader to decide, and what became of it. Nothing where they are asked. */
export function ApprovalState({ approval }: { readonly approval: Approval }) {
  const { status, decided, mine, decisions } = approval
  if (status === 'pending') return mine ? null : <Notice title={notMine(approval)}>{laterWords(approval)}</Notice>
  const last = decisions.at(-1)
  const at = decided && <DateTime at={decided.at} />
  switch (status) {
    case 'approved':
    case 'rejected':
      return (
        <Notice tone={status === 'approved' ? 'good' : 'bad'} title={status === 'approved' ? 'Approved' : 'Rejected'}>
          {last && last.by.via !== 'timeout' ? `${last.by.label} decided it` : 'Nobody decided in time'}, {at}.{' '}
          {status === 'approved' ? 'The run went on as shown here.' : 'The run did not go on as shown here.'}
        </Notice>
      )
    case 'revised':
      return (
        <Notice title="Sent back for changes">
          {last?.by.label ?? 'An approver'} asked for changes, {at}. When the step is done again, a new request is made.
        </Notice>
      )
    case 'expired':
      return (
        <Notice tone="warn" title="The time to decide is over">
          Nobody decided in time; it ended {at}.
        </Notice>
      )
    case 'canceled':
      return (
        <Notice title="No longer needed">The run ended or went another way, {at}. Nothing can be decided here.</Notice>
      )
  }
}

function notMine({ approvers, decisions, quorum }: Approval): string {
  const asked = approvers.filter((approver) => approver.awaited).map((approver) => approver.email)
  if (asked.length === 0) return 'This does not wait for you'
  const joint = quorum.policy === 'any' || typeof quorum.policy === 'object' ? 'or' : 'and'
  const people =
    asked.length > 3 ? `${asked.slice(0, 2).join(', ')} ${joint} ${asked.length - 2} others` : asked.join(` ${joint} `)
  return decisions.length > 0 ? `This still waits for ${people}` : `This waits for ${people}`
}

function laterWords({ decisions, quorum }: Approval): string {
  const last = decisions.at(-1)
  if (!last) return 'You can read it; deciding is theirs.'
  return `${quorum.approved} of ${quorum.needed} approvals are given, the last by ${last.by.label}.`
}
