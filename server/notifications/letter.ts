/**
 * A mail in parts that have a form in plain text and one in HTML, so that the two never tell different things. Every
 * text in it has its hidden characters named in both; nothing in it is fetched.
 */
export interface Letter {
  /** What kind of mail it is, in two or three words of ours. */
  readonly eyebrow: string
  readonly title: string
  /** What a mailbox shows after the subject. It only repeats what stands in the letter, so the text form leaves it out. */
  readonly preheader: string
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** Written by whoever wrote the workflow: kept in its lines. */
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, text: string])[] }
  | {
      readonly kind: 'value'
      readonly label: string
      readonly text: string
      readonly note: string | null
      readonly ai: boolean
    }
  | { readonly kind: 'links'; readonly links: readonly LetterLink[] }
  | { readonly kind: 'code'; readonly label: string; readonly code: string }
  /** At the foot: why somebody got this mail, and what to know about its links. */
  | { readonly kind: 'small'; readonly text: string }

export interface LetterLink {
  readonly label: string
  readonly url: string
  readonly primary: boolean
}
