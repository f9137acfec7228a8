import type { Range } from '../positions.ts'

export type CompletionKind = 'key' | 'value' | 'step' | 'type' | 'variable' | 'function' | 'snippet'

/** Something that may be written at a place. */
export interface CompletionItem {
  readonly label: string
  readonly kind: CompletionKind
  /** A few words beside the label: a type, where it comes from. */
  readonly detail?: string
  /** Markdown. */
  readonly docs?: string
  /** What replaces `range`; may hold `$0` and `${1:name}` where `snippet` is set. */
  readonly insert: string
  readonly snippet?: boolean
  readonly range: Range
  /** What is compared with the text in `range` where that is not the label. */
  readonly filter?: string
  /** Ask again when this one is taken: what follows can be completed too. */
  readonly again?: boolean
}
