import ipaddr from 'ipaddr.js'

/**
 * What an address is counted under: an IPv4 address itself; of IPv6 the /64, because that is what one household or
 * server has to choose from. Unknown addresses are counted together.
 */
export function addressBlock(ip: string | null): string {
  if (ip === null || !ipaddr.isValid(ip)) return 'unknown'
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  const bytes = address.toByteArray()
  return `${ipaddr.fromByteArray([...bytes.slice(0, 8), ...Array<number>(8).fill(0)]).toString()}/64`
}
