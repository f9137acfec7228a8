import type { TestReport } from '#lib/workflow/cases/report.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'

/** What can be asked of the worker that plays tests. */
export type TestsRequest =
  | { readonly id: number; readonly call: 'play'; readonly text: string }
  /** A first test for a text that has none. */
  | { readonly id: number; readonly call: 'first'; readonly text: string }

export type TestsReply =
  | { readonly id: number; readonly report: TestReport }
  /** null: none can be written into this text. */
  | { readonly id: number; readonly first: TextEdit | null }
  | { readonly id: number; readonly failed: string }
