import { firstTest } from '#lib/simulation/cases/first-test.ts'
import { runTests } from '#lib/simulation/cases/run-tests.ts'
import type { TestsReply, TestsRequest } from './protocol.ts'

/** Tests, off the page's own thread and apart from the language's: a test that does not end delays no diagnostic. */
const place = self as unknown as {
  postMessage(reply: TestsReply): void
  onmessage: ((event: { readonly data: TestsRequest }) => void) | null
}

async function answer({ id, call, text }: TestsRequest): Promise<TestsReply> {
  try {
    return call === 'play' ? { id, report: await runTests(text) } : { id, first: await firstTest(text) }
  } catch (error) {
    return { id, failed: error instanceof Error ? error.message : String(error) }
  }
}

place.onmessage = async ({ data }) => place.postMessage(await answer(data))
