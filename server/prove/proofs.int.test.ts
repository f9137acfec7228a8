import { randomInt } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '#server/testing/database.ts'
import { withDatabase } from './database.ts'
import { failPoints } from './fail-points/fail-points.ts'
import * as mailing from './mail/mail.ts'
import * as outage from './outages/outages.ts'
import { races, SHORT } from './races.ts'
import * as restart from './rolling/rolling.ts'
import * as killing from './storm/storm.ts'
import { zombie } from './zombie.ts'

describe('the short form of a proof', () => {
  let db: TestDatabase
  beforeEach(async () => {
    db = await testDatabase()
  })
  afterEach(() => db.drop())

  it('races: many at once for what only one can have', { timeout: 120_000 }, async () => {
    const { broken, figures } = await races(db.url, SHORT)
    expect(broken).toEqual([])
    expect(figures).toMatchObject({ accepted: 4, decisions: 4, 'distinct runs': 50, 'starts replayed': 950 })
    expect(figures).toMatchObject({ 'epochs begun': 4, 'runs made': 4, 'answers taken': 4 })
  })

  it('mail: workers are killed around sending, no mail is lost and every repeat is counted', {
    timeout: 240_000,
  }, async () => {
    const { broken, figures } = await mailing.mail(db.url, mailing.SHORT)
    expect(broken).toEqual([])
    expect(figures).toMatchObject({ 'killed after 250': 1, lost: 0, 'doubled by the API': 0 })
  })

  it('rolling: each worker is told to end and replaced under load, nothing is lost, failed or doubled', {
    timeout: 240_000,
  }, async () => {
    const { broken, figures } = await restart.rolling(db.url, restart.SHORT)
    expect(broken).toEqual([])
    expect(figures).toMatchObject({ 'workers replaced': 4, lost: 0, failed: 0, 'effects doubled': 0 })
  })

  it('fail points: a process is killed at each commit, the next one goes on and the run is the same', {
    timeout: 180_000,
  }, async () => {
    const { broken, figures } = await failPoints(db.url, 'short')
    expect(broken).toEqual([])
    expect(figures).toMatchObject({ 'points reached': 12, 'processes killed': 12, lost: 0, doubled: 0 })
  })

  it('storm: workers are killed at random, nothing is lost and nothing done twice', { timeout: 120_000 }, async () => {
    const { broken, figures } = await killing.storm(db.url, killing.SHORT, randomInt(1e9))
    expect(broken, `seed ${figures.seed}`).toEqual([])
    expect(figures).toMatchObject({
      'workers killed': 6,
      lost: 0,
      'duplicated commits': 0,
      'runs whose outputs differ': 0,
    })
  })

  it('zombie: a worker that was stopped past its lease comes back and changes nothing', async () => {
    const { broken, figures } = await zombie(db.url, 1)
    expect(broken).toEqual([])
    expect(figures).toMatchObject({ 'workers stopped and woken': 1, 'rows changed by the one that came back': 0 })
  })
})

describe('the short form of a proof that has a server of its own', () => {
  it('database: connections are cut, the server restarts and is killed, and nothing is lost or doubled', {
    timeout: 180_000,
  }, async () => {
    const { broken, figures } = await withDatabase((url, restart) =>
      outage.outages(url, restart, outage.SHORT, randomInt(1e9)),
    )
    expect(broken, `seed ${figures.seed}`).toEqual([])
    expect(figures).toMatchObject({
      'servers restarted': 1,
      'servers killed': 1,
      lost: 0,
      'duplicated commits': 0,
      'one-time requests repeated unasked': 0,
    })
  })
})
