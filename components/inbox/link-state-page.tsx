import {
  BanIcon,
  BrokenLinkIcon,
  CheckIcon,
  ClockIcon,
  CrossIcon,
  HourglassIcon,
  PencilIcon,
  PeopleIcon,
} from '#components/shell/message-icons.tsx'
import { MessagePage } from '#components/shell/message-page.tsx'
import { buttonLook } from '#components/ui/button-look.ts'
import { DateTime } from '#components/ui/date-time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { ApprovalLink } from '#lib/contracts/approvals.ts'

type ClosedLink = Exclude<ApprovalLink, { state: 'open' }>

/** What an approval link says when there is nothing (more) to decide with it. */
export function LinkStatePage({ link }: { readonly link: ClosedLink }) {
  switch (link.state) {
    case 'decided':
      return <Decided link={link} />
    case 'not_your_turn':
      return (
        <MessagePage icon={HourglassIcon} title="It is not your turn yet">
          <p>
            <Quoted title={link.title} /> is first put to {link.waiting_for}. You get a mail when it is your turn; this
            link works then.
          </p>
        </MessagePage>
      )
    case 'expired':
      return (
        <MessagePage icon={ClockIcon} title="The time to decide is over">
          <p>
            <Quoted title={link.title} /> expired on <DateTime at={link.at} />. Ask whoever sent you this to start it
            again.
          </p>
        </MessagePage>
      )
    case 'canceled':
      return (
        <MessagePage icon={BanIcon} title="This is no longer needed">
          <p>
            <Quoted title={link.title} /> was canceled on <DateTime at={link.at} />. There is nothing for you to do.
          </p>
        </MessagePage>
      )
    case 'reassigned':
      return (
        <MessagePage icon={PeopleIcon} title="Somebody else decides this now">
          <p>
            <Quoted title={link.title} /> was handed to other people. There is nothing for you to do.
          </p>
        </MessagePage>
      )
    case 'invalid':
      return (
        <MessagePage icon={BrokenLinkIcon} title="This link does not work">
          <p>It may be cut off or from an older mail. Open the newest mail and follow its link in full.</p>
        </MessagePage>
      )
  }
}

const OUTCOMES = {
  pending: { icon: CheckIcon, title: 'You have decided' },
  approved: { icon: CheckIcon, title: 'Approved' },
  rejected: { icon: CrossIcon, title: 'Rejected' },
  revised: { icon: PencilIcon, title: 'Sent back for changes' },
} as const

const VERBS = { approve: 'approved', reject: 'rejected', revise: 'sent back' } as const

function Decided({ link }: { readonly link: Extract<ClosedLink, { state: 'decided' }> }) {
  const { icon, title } = OUTCOMES[link.outcome]
  return (
    <MessagePage
      icon={icon}
      title={title}
      // A plain link: it leads into the app, whose code is not needed here.
      action={
        link.run_id && (
          <a href={`/runs/${link.run_id}`} className={buttonLook({})}>
            Open the run
          </a>
        )
      }
    >
      <p>
        <span className="[overflow-wrap:anywhere]">{link.by}</span> {VERBS[link.decision]} <Quoted title={link.title} />{' '}
        on <DateTime at={link.at} />.
      </p>
      {link.comment && (
        <blockquote className="people-text border-s-2 ps-3 text-sm whitespace-pre-wrap">
          <VisibleText text={link.comment} />
        </blockquote>
      )}
      {link.outcome === 'pending' && <p>Others are still asked. You can close this page.</p>}
    </MessagePage>
  )
}

function Quoted({ title }: { readonly title: string }) {
  return (
    <>
      “<VisibleText text={title} />”
    </>
  )
}
