import { stringify } from 'yaml'
import { CanonicalDefinition } from '#lib/contracts/definition.ts'
import type { JsonObject } from '#lib/json.ts'
import { printWorkflow } from '#lib/workflow/print.ts'
import { rewriteWorkflow } from '#lib/workflow/rewrite.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'

/**
 * The text to keep: the author's own to the letter, or one written from the object they sent. Of a canonical definition
 * (`ir: 1`) `current` is the text that it changes: what it does not change stays there as it is, with its comments.
 */
export function toText(
  { app }: ServiceContext,
  body: { readonly yaml?: string | undefined; readonly definition?: JsonObject | undefined },
  current?: string,
): string {
  if (body.yaml !== undefined) return body.yaml
  const { definition = {} } = body
  if (definition.ir === undefined) return stringify(definition, { aliasDuplicateObjects: false, lineWidth: 120 })
  const canonical = parseInput(CanonicalDefinition, definition)
  return current === undefined
    ? printWorkflow(canonical, app.catalog)
    : rewriteWorkflow(current, canonical, app.catalog)
}
