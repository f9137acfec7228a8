import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { type Drain, drainOf } from './drain.ts'

/** Answers after a moment; a stream never ends by itself. */
function listen(): Promise<{ port: number; drain: Drain }> {
  const server = createServer((asked, answer) => {
    if (asked.url === '/stream') answer.writeHead(200).write('open')
    else setTimeout(() => answer.end('done'), 30)
  })
  const drain = drainOf(server)
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ port: (server.address() as AddressInfo).port, drain })
    })
  })
}

function ask(port: number, path: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, agent }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => {
        text += chunk
        if (path === '/stream') resolve(text)
      })
      answer.on('end', () => resolve(text))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end()
  })
}

it('lets a server end whose clients use their connections over and over, and loses no request', async () => {
  const { port, drain } = await listen()
  const agent = new Agent({ keepAlive: true, maxSockets: 3 })
  const answers: string[] = []
  let refused = 0
  const client = async () => {
    while (refused === 0) {
      try {
        answers.push(await ask(port, '/', agent))
      } catch (error) {
        // Nobody listens any more: a proxy asks the next process.
        if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error
        refused++
      }
    }
  }
  const clients = [client(), client(), client()]
  await expect.poll(() => answers.length).toBeGreaterThan(5)
  const began = performance.now()
  await drain.begin()
  expect(performance.now() - began).toBeLessThan(2_000)
  await Promise.all(clients)
  expect(new Set(answers)).toEqual(new Set(['done']))
  expect(refused).toBeGreaterThan(0)
  agent.destroy()
})

it('ends what is still under way when it is cut', async () => {
  const { port, drain } = await listen()
  const agent = new Agent()
  expect(await ask(port, '/stream', agent)).toBe('open')
  const over = drain.begin()
  drain.cut()
  await over
  agent.destroy()
})

it('still answers once on a connection that is at rest, and then closes it', async () => {
  const { port, drain } = await listen()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  expect(await ask(port, '/', agent)).toBe('done')
  const over = drain.begin()
  expect(await ask(port, '/', agent)).toBe('done')
  await expect(ask(port, '/', agent)).rejects.toThrow('ECONNREFUSED')
  await over
  agent.destroy()
})
