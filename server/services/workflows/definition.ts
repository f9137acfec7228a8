import { LRUCache } from 'lru-cache'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { App } from '../context.ts'
import { findVersion } from './find.ts'

/** How many versions a process keeps. They are read at every start, are up to megabytes large, and never change. */
const KEPT = 100

const kept = new WeakMap<App, LRUCache<string, WorkflowDefinition>>()

/** What a version says, or `workflow.not_found`. */
export async function findDefinition(app: App, id: string, version: number): Promise<WorkflowDefinition> {
  let definitions = kept.get(app)
  if (definitions === undefined) {
    definitions = new LRUCache({ max: KEPT })
    kept.set(app, definitions)
  }
  const key = `${id}@${version}`
  const known = definitions.get(key)
  if (known !== undefined) return known
  const { definition } = await findVersion(app.database.db, id, version)
  definitions.set(key, definition)
  return definition
}
