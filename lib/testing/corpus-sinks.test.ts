import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CorpusItem } from './corpus.ts'
import { NOT_THERE, SINKS } from './corpus-sinks.ts'

const root = join(import.meta.dirname, '..', '..')
const text = (file: string) => readFileSync(join(root, file), 'utf8')
const items = (name: string): CorpusItem[] => JSON.parse(text(`lib/testing/corpus/${name}.json`))
const attacks = items('attacks')
const benign = items('benign')
const areas = [...new Set([...attacks, ...benign].map(({ area }) => area))]

/** An attack on what a step sends is none on what the server receives: headers are only refused where they come in. */
const isOutward = ({ test }: { readonly test: string }) => test.startsWith('lib/steps/')

describe('the corpus', () => {
  it('is as large as when this was written', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(181)
    expect(benign.length).toBeGreaterThanOrEqual(16)
    expect(areas).toHaveLength(8)
  })

  it.each(areas)('has for %s a test that puts every attack in, and one that accepts what is benign', (area) => {
    const sinks = SINKS.filter((sink) => sink.area === area)
    for (const item of attacks.filter((one) => one.area === area)) {
      const taking = sinks.filter((sink) => (!isOutward(sink) || area !== 'header') && (sink.takes?.(item) ?? true))
      expect(taking.length > 0 || NOT_THERE.has(item.payload), item.why).toBe(true)
    }
    const accepting = sinks.filter((sink) => sink.benign)
    if (benign.some((one) => one.area === area)) expect(accepting).not.toEqual([])
    for (const { test } of accepting) expect(text(test)).toMatch(/\bbenign\b/)
  })

  it.each(SINKS.map(({ area, test }) => [test, area] as const))('%s reads %s', (test, area) => {
    expect(text(test)).toContain(`corpus('${area}')`)
  })

  it('is read by no test that is not listed', () => {
    const listed = new Set(SINKS.map(({ area, test }) => `${test} ${area}`))
    const files = globSync('{lib,server}/**/*.ts', { cwd: root })
    const reading = files.flatMap((file) =>
      [...text(file).matchAll(/\bcorpus\('(\w+)'\)/g)].map(([, area]) => `${file} ${area}`),
    )
    expect([...new Set(reading)].filter((one) => !listed.has(one))).toEqual([])
  })

  it('has a reason for each attack that finds nothing here', () => {
    for (const [payload, reason] of NOT_THERE) {
      expect(attacks.map((item) => item.payload)).toContain(payload)
      expect(reason).not.toBe('')
    }
  })
})
