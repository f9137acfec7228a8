import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'

/** Longer addresses are cut by some servers and browsers. */
const LONGEST = 6_000

/** The address that opens the run dialog of a workflow, with these inputs in its fields where they fit into one. */
export function runLink(workflowId: string, inputs: JsonObject = {}): string {
  const params = new URLSearchParams({ run: '1' })
  const text = JSON.stringify(inputs)
  if (Object.keys(inputs).length > 0 && encodeURIComponent(text).length <= LONGEST) params.set('inputs', text)
  return `/workflows/${workflowId}?${params}`
}

/** The inputs an address names; none where it names anything else. They only fill fields: nothing starts by an address. */
export function readInputs(text: string | null): JsonObject {
  if (text === null) return {}
  try {
    const value = JSON.parse(text) as Json
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}
