/** A place in a schema or value, from its root. */
export type Place = readonly (string | number)[]

/** `sections[0].heading`; keys that are not plain names are quoted: `tags["a b"]`. The root is the empty text. */
export function formatPlace(place: Place): string {
  let text = ''
  for (const part of place) {
    if (typeof part === 'number') text += `[${part}]`
    else if (!/^[A-Za-z_$][\w$-]*$/.test(part)) text += `[${JSON.stringify(part)}]`
    else text += text === '' ? part : `.${part}`
  }
  return text
}

/** A JSON Pointer's segments; null when it is none. Percent-encoding is undone, because references are URI fragments. */
export function parsePointer(fragment: string): string[] | null {
  if (fragment === '') return []
  if (!fragment.startsWith('/')) return null
  try {
    return fragment
      .slice(1)
      .split('/')
      .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
  } catch {
    // A malformed escape: not a pointer.
    return null
  }
}

/** The same place as text, so that it can be a key. Unambiguous, unlike `formatPlace` it is not for people. */
export function placeKey(place: Place): string {
  return place.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')
}
