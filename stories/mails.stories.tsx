import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, waitFor } from 'storybook/test'
import type { Letter } from '#server/notifications/letter.ts'
import { letterToHtml } from '#server/notifications/letter-html.ts'
import { letterToText } from '#server/notifications/letter-text.ts'
import { FORM_REQUEST, HOSTILE, INVITATION, LONG, REMINDER, REQUEST, RIGHT_TO_LEFT } from './fixtures/mails.ts'

interface MailProps {
  readonly letter: Letter
  /** Of the mailbox, in pixels. */
  readonly width: number
}

/** A mail as it is sent, in a frame that runs nothing. `allow-same-origin` lets the story look into it. */
function Mail({ letter, width }: MailProps) {
  return (
    <iframe
      title={letter.title}
      sandbox="allow-same-origin"
      srcDoc={letterToHtml(letter)}
      style={{ width, height: 900, maxWidth: '100%' }}
      className="rounded-md border"
    />
  )
}

const inside = (canvasElement: HTMLElement): Document => {
  const inner = canvasElement.querySelector('iframe')?.contentDocument
  if (!inner?.querySelector('h1')) throw new Error('the mail is not there yet')
  return inner
}

/** Waits for the frame, then expects a mail that fits its width and runs and fetches nothing. */
async function sound({ canvasElement, args }: { canvasElement: HTMLElement; args: MailProps }) {
  await waitFor(() => inside(canvasElement))
  const { documentElement: root, body } = inside(canvasElement)
  await expect(root.scrollWidth).toBeLessThanOrEqual(root.clientWidth)
  await expect(body.querySelectorAll('script, img, link, iframe, form, [onerror], [onmouseover]')).toHaveLength(0)
  // Each link stands in the text form as well.
  for (const { url } of args.letter.blocks.flatMap((block) => (block.kind === 'links' ? block.links : []))) {
    await expect(letterToText(args.letter)).toContain(url)
    await expect([...body.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toContain(url)
  }
}

const meta = {
  title: 'Mails',
  component: Mail,
  args: { letter: REQUEST, width: 800 },
  play: sound,
} satisfies Meta<typeof Mail>
export default meta

type Story = StoryObj<typeof meta>

export const ApprovalRequest: Story = {}
export const ApprovalRequestOnAPhone: Story = { args: { width: 360 } }
export const ReminderWithCode: Story = { args: { letter: REMINDER } }
export const LongOnAPhone: Story = { args: { letter: LONG, width: 360 } }
export const RightToLeft: Story = { args: { letter: RIGHT_TO_LEFT, width: 360 } }
export const Hostile: Story = { args: { letter: HOSTILE } }
export const FormRequest: Story = { args: { letter: FORM_REQUEST } }
export const Invitation: Story = { args: { letter: INVITATION } }
