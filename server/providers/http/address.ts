import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/**
 * Routable by range, but not the public Internet: the metadata address of a cloud, and what the table of the library
 * does not know yet.
 */
const REFUSED_V4 = ['168.63.129.16/32', '198.18.0.0/15', '224.0.0.0/4', '0.0.0.0/8', '192.0.0.0/24', '240.0.0.0/4'].map(
  (cidr) => ipaddr.IPv4.parseCIDR(cidr),
)

/** Only this much of IPv6 is handed out as global unicast: whatever lies outside, `::/96` and `64:ff9b:1::/48` among it, is not public. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether an IP address belongs to the public Internet. IPv4-mapped IPv6 is judged as the IPv4 address it stands for. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  if (parsed instanceof ipaddr.IPv4) return !REFUSED_V4.some((range) => parsed.match(range))
  return parsed.match(GLOBAL_V6)
}

/**
 * Names that mean a machine nearby whatever a resolver says: without a dot, or under a domain that is never delegated.
 * They need an entry in the allow-list even where they resolve to a public address.
 */
export function isLocalName(host: string): boolean {
  if (ipaddr.isValid(host)) return false
  return !host.includes('.') || /\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/.test(host)
}

/** What `EGRESS_ALLOW` opens: hosts by name or suffix (any address, any port) and addresses by CIDR (any name, any port). */
export interface AllowList {
  host(name: string): boolean
  address(address: string): boolean
}

/** Reads entries like `cms.internal`, `*.internal`, `10.1.2.3`, `fd00::/8`. Throws a sentence naming the one that is none of these. */
export function parseAllowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>()
  const suffixes: string[] = []
  const ranges: [Address, number][] = []
  for (const raw of entries) {
    const entry = raw.trim()
    if (entry === '') continue
    const bare = entry.replace(/^\[(.*)\]$/, '$1')
    if (ipaddr.isValidCIDR(bare)) ranges.push(normaliseRange(ipaddr.parseCIDR(bare)))
    else if (isFullAddress(bare)) ranges.push(single(ipaddr.process(bare)))
    else if (entry.startsWith('*.') && isHostName(entry.slice(2))) suffixes.push(entry.slice(1).toLowerCase())
    else if (isHostName(entry)) hosts.add(entry.toLowerCase().replace(/\.$/, ''))
    else {
      throw new Error(
        `EGRESS_ALLOW: "${entry}" is neither a host name, an IP address nor a CIDR. Write entries like cms.internal, *.internal or 10.1.0.0/16, without scheme or port, separated by commas.`,
      )
    }
  }
  return {
    host: (name) => hosts.has(name) || suffixes.some((suffix) => name.endsWith(suffix)),
    address: (address) => {
      if (!ipaddr.isValid(address)) return false
      const parsed = ipaddr.process(address)
      return ranges.some(([range, bits]) => parsed.kind() === range.kind() && parsed.match(range, bits))
    },
  }
}

/** `10` and `0x7f.1` are addresses to the library; in a setting they are rather a mistake. */
function isFullAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValid(text))
}

function isHostName(text: string): boolean {
  return (
    /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i.test(text) &&
    !/^[\d.]+$/.test(text)
  )
}

function single(address: Address): [Address, number] {
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** A range over IPv4-mapped addresses is one over the IPv4 addresses they stand for. */
function normaliseRange([range, bits]: [Address, number]): [Address, number] {
  if (range instanceof ipaddr.IPv6 && range.isIPv4MappedAddress() && bits >= 96) {
    return [range.toIPv4Address(), bits - 96]
  }
  return [range, bits]
}
