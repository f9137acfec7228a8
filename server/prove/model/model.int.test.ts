import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '#server/testing/database.ts'
import { playedOnPostgres } from './played.ts'

describe('the model on PostgreSQL', () => {
  let db: TestDatabase
  beforeEach(async () => {
    db = await testDatabase()
  })
  afterEach(() => db.drop())

  it('keeps every invariant, and has the outputs of an undisturbed run', { timeout: 60_000 }, async () => {
    const { broken, figures } = await playedOnPostgres(db.url, { seed: 2026, runs: 40 })
    expect(broken).toEqual([])
    for (const [figure, value] of Object.entries(figures)) expect(Number(value), figure).toBeGreaterThan(0)
  })
})
