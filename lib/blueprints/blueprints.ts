import { blogPost } from './blog-post.ts'
import type { Blueprint } from './blueprint.ts'
import { contractReview } from './contract-review.ts'
import { expenseRequest } from './expense-request.ts'
import { hiringFeedback } from './hiring-feedback.ts'
import { incidentNote } from './incident-note.ts'
import { leadIntake } from './lead-intake.ts'
import { meetingNotes } from './meeting-notes.ts'
import { newsletter } from './newsletter.ts'
import { purchaseRequest } from './purchase-request.ts'
import { refund } from './refund.ts'
import { replyDraft } from './reply-draft.ts'
import { vendorOnboarding } from './vendor-onboarding.ts'

/** In the order in which they are offered: what runs without any setting comes first. */
export const BLUEPRINTS: readonly Blueprint[] = [
  replyDraft,
  refund,
  newsletter,
  expenseRequest,
  purchaseRequest,
  vendorOnboarding,
  meetingNotes,
  hiringFeedback,
  incidentNote,
  contractReview,
  blogPost,
  leadIntake,
]

/** What an empty page begins with: enough to see the shape, too little to be in the way. */
export const BLANK = `name: New workflow
start_step: first

steps:
  - id: first
    type: form
    fields:
      - {name: topic, type: text, label: Topic, required: true}
    next: null
`
