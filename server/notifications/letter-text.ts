import { visibleText } from '#lib/visible-text.ts'
import type { Block, Letter } from './letter.ts'

const RULE = '-'.repeat(60)

/** The plain form: what every mail program shows, and what some people prefer. */
export function letterToText({ eyebrow, title, blocks }: Letter): string {
  return `${[`${eyebrow}\n${visibleText(title)}`, ...blocks.map(blockToText)].join('\n\n')}\n`
}

function blockToText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return visibleText(block.text)
    case 'small':
      return `${RULE}\n${visibleText(block.text)}`
    case 'quote':
      return indent('> ', visibleText(block.text))
    case 'facts':
      return block.facts.map(([label, text]) => `${label}: ${visibleText(text)}`).join('\n')
    case 'value': {
      const head = `${visibleText(block.label)}${block.note === null ? '' : ` (${block.note})`}:`
      return `${head}\n${indent(block.ai ? '  | ' : '  ', visibleText(block.text))}`
    }
    case 'links':
      return block.links.map(({ label, url }) => `${label}:\n${url}`).join('\n\n')
    case 'code':
      return `${block.label}: ${block.code}`
  }
}

function indent(margin: string, text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => `${margin}${line}`)
    .join('\n')
}
