import { FileQuestion } from 'lucide-react'
import type { Metadata } from 'next'
import { MessagePage } from '#components/shell/message-page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <MessagePage
      icon={FileQuestion}
      title="There is nothing here"
      action={<ButtonLink href="/">Go to the start page</ButtonLink>}
    >
      <p>The address may be mistyped, or what stood here was deleted.</p>
    </MessagePage>
  )
}
