import { Button } from './button.tsx'

/** Goes on with a list where its page ended. */
export function MoreButton({ loading, onClick }: { readonly loading?: boolean; readonly onClick: () => void }) {
  return (
    <Button className="justify-self-center" onClick={onClick} disabled={loading}>
      {loading ? 'Loading…' : 'Show more'}
    </Button>
  )
}
