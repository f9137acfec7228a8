export type YamlTone = 'key' | 'value' | 'comment' | 'template' | 'plain'

export interface YamlPiece {
  readonly text: string
  readonly tone: YamlTone
}

const KEY = /^(\s*(?:- )*)((?:"[^"]*"|'[^']*'|[\w.$-]+))(:)(?=\s|$)/
const PART =
  /(\{\{.*?\}\}|\{%.*?%\})|("[^"]*"|'[^']*')|(?<![\w.-])(true|false|null|-?\d+(?:\.\d+)?(?:ms|s|m|h|d|w)?)(?![\w.-])|((?:^|\s)#.*$)/g

/** The pieces of one line of YAML, for colours only: it reads no further than the line. */
export function yamlPieces(line: string): readonly YamlPiece[] {
  const pieces: YamlPiece[] = []
  const put = (text: string, tone: YamlTone) => {
    if (text !== '') pieces.push({ text, tone })
  }
  let rest = line
  const key = KEY.exec(line)
  if (key) {
    put(key[1] ?? '', 'plain')
    put(key[2] ?? '', 'key')
    put(key[3] ?? '', 'plain')
    rest = line.slice(key[0].length)
  }
  let at = 0
  for (const found of rest.matchAll(PART)) {
    put(rest.slice(at, found.index), 'plain')
    put(found[0], found[1] ? 'template' : found[4] ? 'comment' : found[2]?.includes('{{') ? 'template' : 'value')
    at = found.index + found[0].length
  }
  put(rest.slice(at), 'plain')
  return pieces
}
