/** The anchor of a heading, as GitHub names it. */
export function slug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}

/**
 * A page of ours as HTML: headings with anchors, paragraphs, lists, fenced code and links, which is what our pages are written
 * with. Everything is escaped. Links to other files stay text, because those are not served.
 */
export function markdownToHtml(text: string): string {
  return blocksOf(text).map(blockToHtml).join('\n')
}

type Block = { readonly code: string; readonly language: string } | { readonly lines: readonly string[] }

function blocksOf(text: string): readonly Block[] {
  const parts = text.split(/^```(\w*)\n([\s\S]*?)^```$/gm)
  // What stands between two fences comes in threes: text, language, code.
  return parts.flatMap((part, i): readonly Block[] => {
    if (i % 3 === 1) return [{ language: part, code: parts[i + 1] ?? '' }]
    if (i % 3 === 2) return []
    const paragraphs = part.split(/\n{2,}/).filter((each) => each.trim() !== '')
    return paragraphs.map((each) => ({ lines: each.trim().split('\n') }))
  })
}

function blockToHtml(block: Block): string {
  if ('code' in block)
    return `<pre><code>${block.code.trimEnd().split('\n').map(codeLine(block.language)).join('\n')}</code></pre>`
  const [first = ''] = block.lines
  const [, marks, heading] = /^(#{1,6}) (.+)$/.exec(first) ?? []
  if (marks !== undefined && heading !== undefined) {
    const level = marks.length
    return `<h${level} id="${escapeHtml(slug(heading))}">${inline(heading)}</h${level}>`
  }
  return `<p>${inline(block.lines.join(' '))}</p>`
}

const SIGNS: Readonly<Record<string, string>> = { '-': 'del', '+': 'ins' }

const codeLine = (language: string) => (line: string) => {
  const tag = language === 'diff' ? SIGNS[line[0] ?? ''] : undefined
  return tag === undefined ? escapeHtml(line) : `<${tag}>${escapeHtml(line)}</${tag}>`
}

function inline(text: string): string {
  const parts = text.split(/(`[^`]+`|\[[^\]]+\]\([^)\s]+\))/)
  return parts
    .map((part) => {
      const [, code] = /^`([^`]+)`$/.exec(part) ?? []
      if (code !== undefined) return `<code>${escapeHtml(code)}</code>`
      const [, shown, link] = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(part) ?? []
      if (shown === undefined || link === undefined) return escapeHtml(part)
      return /^(?:https?:|#)/.test(link)
        ? `<a href="${escapeHtml(link)}">${escapeHtml(shown)}</a>`
        : `<code>${escapeHtml(shown)}</code>`
    })
    .join('')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
}
