import type { Letter, LetterLink } from './letter.ts'

/** What a link of a mail is for. */
export const LINK_RELS = ['approve', 'reject', 'review', 'form', 'invite', 'reset'] as const
export type LinkRel = (typeof LINK_RELS)[number]

export interface RelLink extends LetterLink {
  readonly rel: LinkRel
}

/** A mail before it gets its two forms. */
export interface Draft {
  readonly subject: string
  readonly letter: Letter
  readonly links: readonly RelLink[]
}

export interface RenderedMail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly links: readonly { readonly rel: LinkRel; readonly url: string }[]
}
