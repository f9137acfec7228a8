import type { AddressInfo, Server } from 'node:net'

/** Lets a server of a process of its own listen somewhere, tells where, and ends with whoever started it (`openServer`). */
export function sayPort(server: Pick<Server, 'listen' | 'address'>): void {
  process.once('disconnect', () => process.exit())
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
}
