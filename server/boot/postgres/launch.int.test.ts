import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LaunchOptions, launchPostgres } from './launch.ts'
import type { RunningPostgres } from './running.ts'

let folder: string
let servers: RunningPostgres[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scaff-launch-'))
  servers = []
})
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  rmSync(folder, { recursive: true, force: true })
})

async function launch(more: Partial<LaunchOptions> = {}): Promise<RunningPostgres> {
  const server = await launchPostgres({
    cluster: join(folder, 'postgres'),
    password: 'p@ss/word',
    database: 'scaff',
    log: join(folder, 'postgres.log'),
    durable: false,
    ...more,
  })
  servers.push(server)
  return server
}

async function ask<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

describe('the embedded PostgreSQL', () => {
  it('comes up in UTF-8 with checksums, keeps its data over a stop, and takes the password only', async () => {
    const first = await launch()
    await ask(first.url, async (sql) => {
      await sql`create table kept (text text)`
      await sql`insert into kept values ('ä€😀')`
      const [row] =
        await sql`select current_setting('data_checksums') as sums, current_setting('server_encoding') as code`
      expect(row).toEqual({ sums: 'on', code: 'UTF8' })
    })
    const wrong = new URL(first.url)
    wrong.password = 'guess'
    await expect(ask(wrong.href, (sql) => sql`select 1`)).rejects.toMatchObject({ code: '28P01' })
    await first.stop()
    await first.ended

    const second = await launch()
    expect(second.adopted).toBe(false)
    expect(await ask(second.url, (sql) => sql`select text from kept`)).toEqual([{ text: 'ä€😀' }])
  })

  it('is adopted when it runs already', async () => {
    const first = await launch()
    const second = await launch()
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url })
  })

  it('refuses with a sentence when the password beside it is another one', async () => {
    await launch()
    await expect(launch({ password: 'changed' })).rejects.toThrow(/Put the file postgres-password back/)
  })

  it('recovers what was committed when it was killed', async () => {
    const first = await launch({ durable: true })
    await ask(first.url, (sql) => sql`create table kept (n int)`)
    process.kill(first.pid, 'SIGKILL')
    await first.ended
    const second = await launch({ durable: true })
    expect(await ask(second.url, (sql) => sql`select count(*)::int as n from kept`)).toEqual([{ n: 0 }])
  })

  it('starts beside a pid file whose number belongs to another program now', async () => {
    const first = await launch()
    await first.stop()
    const file = join(folder, 'postgres', 'postmaster.pid')
    writeFileSync(file, `${process.pid}\n${folder}/postgres\n1\n5432\n\n127.0.0.1\n 1 1\nready   \n`)
    const second = await launch()
    expect(second.adopted).toBe(false)
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^${second.pid}\n`))
  })

  it('begins again when it was interrupted while its files were made', async () => {
    await launch()
    await servers[0]?.stop()
    renameSync(join(folder, 'postgres'), join(folder, 'old'))
    mkdirSync(join(folder, 'postgres-new'))
    writeFileSync(join(folder, 'postgres-new', 'PG_VERSION'), '18')
    const fresh = await launch()
    expect(await ask(fresh.url, (sql) => sql`select 1 as n`)).toEqual([{ n: 1 }])
  })

  it('tells the end of its log when it does not come up', async () => {
    await expect(launch({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
      /PostgreSQL did not start: it ended with 1\. The end of .*postgres\.log says:[\s\S]*shared_buffers/,
    )
  })
})
