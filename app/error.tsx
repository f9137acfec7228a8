'use client'
import { TriangleAlert } from 'lucide-react'
import { MessagePage } from '#components/shell/message-page.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'

interface ErrorPageProps {
  readonly error: Error & { digest?: string }
  readonly reset: () => void
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <MessagePage
      icon={TriangleAlert}
      title="Something went wrong on our side"
      action={
        <>
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
          <ButtonLink href="/">Go to the start page</ButtonLink>
        </>
      }
    >
      <p>Nothing you entered elsewhere is lost. If it happens again, tell whoever runs this Scaff.</p>
      {error.digest && (
        <p className="text-sm">
          Reference for the log: <code className="font-mono">{error.digest}</code>
        </p>
      )}
    </MessagePage>
  )
}
