import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LanguageClient, type LanguageReply, type LanguageRequest, type LanguageWorker } from './language.ts'

/** A worker whose answers are given by hand. */
class Puppet implements LanguageWorker {
  onmessage: LanguageWorker['onmessage'] = null
  onerror: LanguageWorker['onerror'] = null
  readonly asked: LanguageRequest[] = []
  ended = false
  postMessage(request: LanguageRequest) {
    this.asked.push(request)
  }
  terminate() {
    this.ended = true
  }
  breakDown() {
    this.onerror?.({ preventDefault() {} })
  }
  say(reply: LanguageReply) {
    this.onmessage?.({ data: reply })
  }
}

function start() {
  const workers: Puppet[] = []
  const client = new LanguageClient(() => {
    const worker = new Puppet()
    workers.push(worker)
    return worker
  })
  return { client, workers, worker: (i: number) => workers[i] as Puppet }
}

const ids = (worker: Puppet) => worker.asked.flatMap((request) => ('id' in request ? [request.id] : []))

describe('the client of the language’s worker', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('hands each answer to who asked for it, in whatever order they come', async () => {
    const { client, worker } = start()
    const first = client.ask('format', { text: 'a' })
    const second = client.ask('format', { text: 'b' })
    const [a = 0, b = 0] = ids(worker(0))
    worker(0).say({ id: b, answer: 'of b' })
    worker(0).say({ id: a, answer: null })
    expect(await first).toBeNull()
    expect(await second).toBe('of b')
  })

  it('tells each new worker the names that are known before anything is asked', async () => {
    const { client, worker } = start()
    client.setKnown({ secrets: ['KEY'] })
    const asked = expect(client.ask('check', { text: '' })).rejects.toThrow('closed')
    expect(worker(0).asked[0]).toEqual({ call: 'known', known: { secrets: ['KEY'] } })
    client.setKnown({ secrets: [] })
    expect(worker(0).asked.at(-1)).toEqual({ call: 'known', known: { secrets: [] } })
    client.dispose()
    await asked
  })

  it('replaces a worker that hangs, and rejects what was asked of it', async () => {
    const { client, workers, worker } = start()
    const lost = expect(client.ask('check', { text: 'a' })).rejects.toThrow('did not answer')
    worker(0).say({ ready: true })
    await vi.advanceTimersByTimeAsync(1_900)
    expect(worker(0).ended).toBe(false)
    await vi.advanceTimersByTimeAsync(200)
    await lost
    expect(worker(0).ended).toBe(true)
    const answer = client.ask('check', { text: 'b' })
    expect(workers).toHaveLength(2)
    // What the old one says after all is nobody's.
    worker(0).say({ id: ids(worker(1))[0] ?? 0, answer: 'late' })
    worker(1).say({ id: ids(worker(1))[0] ?? 0, answer: null })
    expect(await answer).toBeNull()
  })

  it('waits for a worker that is still being loaded, and while answers keep coming', async () => {
    const { client, worker } = start()
    const first = client.ask('format', { text: 'a' })
    const second = client.ask('format', { text: 'b' })
    await vi.advanceTimersByTimeAsync(60_000)
    worker(0).say({ ready: true })
    const [a = 0, b = 0] = ids(worker(0))
    await vi.advanceTimersByTimeAsync(1_500)
    worker(0).say({ id: a, answer: null })
    await vi.advanceTimersByTimeAsync(1_500)
    worker(0).say({ id: b, answer: null })
    expect([await first, await second]).toEqual([null, null])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(worker(0).ended).toBe(false)
  })

  it('puts a question to three workers before it is given up', async () => {
    const { client, workers, worker } = start()
    const lost = expect(client.askAgain('check', { text: 'a' }, () => true)).rejects.toThrow('broke')
    for (const i of [0, 1, 2]) {
      worker(i).breakDown()
      await vi.advanceTimersByTimeAsync(0)
    }
    await lost
    expect(workers).toHaveLength(3)
    expect(workers.every(({ ended }) => ended)).toBe(true)
    // Whoever asks later gets a fresh one.
    const answer = client.askAgain('format', { text: 'b' }, () => true)
    worker(3).say({ id: ids(worker(3))[0] ?? 0, answer: null })
    expect(await answer).toBeNull()
  })

  it('asks no further worker for what is not wanted any more', async () => {
    const { client, workers, worker } = start()
    let wanted = true
    const asked = client.askAgain('check', { text: 'a' }, () => wanted)
    wanted = false
    worker(0).breakDown()
    expect(await asked).toBeNull()
    expect(workers).toHaveLength(1)
  })

  it('rejects where no worker can be begun', async () => {
    const client = new LanguageClient(() => {
      throw new Error('no workers here')
    })
    await expect(client.ask('check', { text: 'a' })).rejects.toThrow('no workers here')
  })

  it('rejects with what the worker says went wrong, and goes on', async () => {
    const { client, worker } = start()
    const asked = client.ask('check', { text: 'a' })
    worker(0).say({ id: ids(worker(0))[0] ?? 0, failed: 'a defect' })
    await expect(asked).rejects.toThrow('a defect')
    expect(worker(0).ended).toBe(false)
  })
})
