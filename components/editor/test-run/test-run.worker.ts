import { ScaffError } from '#lib/errors.ts'
import type { MockMode } from '#lib/mock-ai/modes.ts'
import { simulateRun } from '#lib/simulation/simulate-run.ts'
import type { AiMode, TestRunReply, TestRunRequest } from './protocol.ts'

/** Test runs, off the page's own thread: a workflow that goes round in circles holds nothing up. */
const place = self as unknown as {
  postMessage(reply: TestRunReply): void
  onmessage: ((event: { readonly data: TestRunRequest }) => void) | null
}

const MODES: Readonly<Record<AiMode, readonly [MockMode, ...MockMode[]]>> = {
  success: ['success'],
  once: ['schema_violation_once'],
  violation: ['schema_violation'],
  passing: ['transient_error', 'success'],
  timeout: ['timeout'],
}

async function play({ id, script }: TestRunRequest): Promise<TestRunReply> {
  try {
    const { mode, ...rest } = script
    return { id, played: await simulateRun({ ...rest, mode: MODES[mode] }) }
  } catch (error) {
    const problems =
      error instanceof ScaffError && error.code === 'inputs.invalid'
        ? error.errors.map(({ path, message }) => ({ path: path.replace(/^inputs\.?/, ''), message }))
        : []
    return { id, failed: error instanceof Error ? error.message : String(error), problems }
  }
}

place.onmessage = async ({ data }) => place.postMessage(await play(data))
