import type { Metadata } from 'next'
import { QuestionIcon } from '#components/shell/message-icons.tsx'
import { MessagePage } from '#components/shell/message-page.tsx'
import { buttonLook } from '#components/ui/button-look.ts'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <MessagePage
      icon={QuestionIcon}
      title="There is nothing here"
      action={
        // Plain links here and on the error pages: these are part of every route and need no router.
        <a href="/" className={buttonLook()}>
          Go to the start page
        </a>
      }
    >
      <p>The address may be mistyped, or what stood here was deleted.</p>
    </MessagePage>
  )
}
