import { expect, inject, it } from 'vitest'
import { awaitDatabase } from './await-database.ts'

const at = (change: (url: URL) => void) => {
  const url = new URL(inject('postgresAdminUrl'))
  change(url)
  return url.href
}
const quiet = () => {}

it('takes a database that answers and is new enough', async () => {
  await awaitDatabase(
    at(() => {}),
    quiet,
  )
})

it.each([
  [
    'password',
    (url: URL) => Object.assign(url, { password: 'wrong' }),
    /refuses the user or password of DATABASE_URL\. Correct it/,
  ],
  ['database', (url: URL) => Object.assign(url, { pathname: '/nope' }), /has no such database\. Create the one/],
] as const)('says what is the matter with a wrong %s, without repeating the password', async (_, change, message) => {
  const error: unknown = await awaitDatabase(at(change), quiet).catch((thrown: unknown) => thrown)
  expect(String(error)).toMatch(message)
  expect(String(error)).not.toContain('wrong')
})

it('waits for one that is not there yet, and says so once', async () => {
  const said: string[] = []
  const error: unknown = await awaitDatabase('postgres://u:p@127.0.0.1:1/d', (line) => said.push(line), 400).catch(
    (thrown: unknown) => thrown,
  )
  expect(said).toEqual(['waiting for the database at 127.0.0.1:1 …'])
  expect(String(error)).toMatch(/The database at 127\.0\.0\.1:1 does not answer: .* Start it, or correct DATABASE_URL/)
})
