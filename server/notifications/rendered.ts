import type { LinkRel } from '#lib/contracts/outbox.ts'
import type { Keyring } from '#server/auth/keyring.ts'
import type { Letter, LetterLink } from './letter.ts'

/** What links are made from, whenever a mail is rendered. */
export interface LinkParts {
  readonly keys: Keyring
  /** `APP_URL`: links never follow a request's Host header. */
  readonly appUrl: string
}

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
