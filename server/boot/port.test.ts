import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { ensurePortIsFree } from './port.ts'

let server: Server | null = null
afterEach(async () => {
  await new Promise<void>((done) => (server ? server.close(() => done()) : done()))
  server = null
})

async function occupy(): Promise<number> {
  const taken = createServer()
  server = taken
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
  return (taken.address() as AddressInfo).port
}

it('refuses a port that stays taken, and proposes another', async () => {
  const port = await occupy()
  await expect(ensurePortIsFree(port, '127.0.0.1', 100)).rejects.toThrow(
    `Port ${port} is taken by another program. Stop that one, or set PORT to another number, for example PORT=${port + 1}.`,
  )
})

it('waits for one that is about to be given back', async () => {
  const port = await occupy()
  const waiting = ensurePortIsFree(port, '127.0.0.1')
  server?.close()
  server = null
  await waiting
})

it('says that an address is none of this machine’s', async () => {
  await expect(ensurePortIsFree(3000, '192.0.2.1')).rejects.toThrow(
    /HOST is "192\.0\.2\.1", which is no address of this machine/,
  )
})
