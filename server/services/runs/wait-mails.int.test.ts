import { afterAll, beforeAll, expect, it } from 'vitest'
import { askApproval } from '#server/notifications/testing.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { openWaits } from '../waits/find.ts'
import { readWaitMails } from './wait-mails.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.drop())

async function mailsOf(more: Parameters<typeof askApproval>[1]) {
  const { db } = app.database
  const { run_id } = await askApproval(db, more)
  const [wait] = await openWaits(db, run_id)
  if (!wait) throw new Error('nothing is asked')
  return (await readWaitMails(db, run_id))(wait)
}

it('tells of a mail that could not be sent, and of one that may have come twice', async () => {
  expect(await mailsOf({ message: { status: 'failed', error: 'no such mailbox' } })).toEqual({
    mails: [{ to: 'editor@company.com', status: 'failed', error: 'no such mailbox', repeats: 0 }],
  })
  expect(await mailsOf({ message: { status: 'sent', repeats: 1 } })).toEqual({
    mails: [{ to: 'editor@company.com', status: 'sent', error: null, repeats: 1 }],
  })
})

it('leaves out mails of which there is nothing to say, and those to people who are asked no more', async () => {
  expect(await mailsOf({ message: { status: 'sent' } })).toEqual({})
  expect(await mailsOf({ message: { status: 'queued' } })).toEqual({})
  expect(await mailsOf({ wait: { generation: 2 }, message: { status: 'failed', error: 'no such mailbox' } })).toEqual(
    {},
  )
})
