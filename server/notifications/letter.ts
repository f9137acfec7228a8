import { visibleParts, visibleText } from '#lib/visible-text.ts'
import { type Html, html } from './html.ts'

/**
 * A mail in parts that have a form in plain text and one in HTML, so that the two never tell different things. Every
 * text in it passes through here and has its hidden characters named; nothing in it is fetched.
 */
export interface Letter {
  readonly title: string
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** Written by whoever wrote the workflow: kept in its lines. */
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, text: string])[] }
  | {
      readonly kind: 'value'
      readonly label: string
      readonly text: string
      readonly note: string | null
      readonly ai: boolean
    }
  | { readonly kind: 'links'; readonly links: readonly LetterLink[] }
  | { readonly kind: 'code'; readonly label: string; readonly code: string }
  | { readonly kind: 'small'; readonly text: string }

export interface LetterLink {
  readonly label: string
  readonly url: string
  readonly primary: boolean
}

const RULE = '-'.repeat(60)

export function letterToText({ title, blocks }: Letter): string {
  return `${[visibleText(title), ...blocks.map(blockToText)].join('\n\n')}\n`
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

// No colours for text or page: with `color-scheme` each mail program takes its own, light or dark. Borders and the
// accent are chosen to be seen on both.
const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif'
const PRE = 'white-space:pre-wrap;overflow-wrap:anywhere'
const BORDER = '#8a8f98'
const ACCENT = '#4f46e5'

export function letterToHtml({ title, blocks }: Letter): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${visibleText(title)}</title>
</head>
<body style="margin:0;padding:24px 16px;${FONT};font-size:16px;line-height:1.5">
<main style="max-width:600px;margin:0 auto">
<h1 style="font-size:20px;line-height:1.3;margin:0 0 16px;overflow-wrap:anywhere">${visible(title)}</h1>
${blocks.map(blockToHtml)}
</main>
</body>
</html>
`.toString()
}

function blockToHtml(block: Block): Html {
  switch (block.kind) {
    case 'text':
      return html`<p style="margin:0 0 16px;overflow-wrap:anywhere">${visible(block.text)}</p>
`
    case 'small':
      return html`<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid ${BORDER};font-size:13px;overflow-wrap:anywhere">${visible(block.text)}</p>
`
    case 'quote':
      return html`<blockquote style="margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid ${BORDER};${PRE}">${visible(block.text)}</blockquote>
`
    case 'facts':
      return html`<p style="margin:0 0 16px;overflow-wrap:anywhere">${block.facts.map(
        ([label, text], i) => html`${i > 0 ? html`<br>` : null}<strong>${label}:</strong> ${visible(text)}`,
      )}</p>
`
    case 'value':
      return html`<section style="margin:0 0 12px;padding:10px 12px;border:${block.ai ? `2px solid ${ACCENT}` : `1px solid ${BORDER}`};border-radius:8px">
<div style="font-size:13px;margin:0 0 4px;overflow-wrap:anywhere"><strong>${visible(block.label)}</strong>${
        block.note === null ? null : html` · ${block.note}`
      }</div>
<div style="${PRE}">${visible(block.text)}</div>
</section>
`
    case 'links':
      return html`<p style="margin:24px 0">${block.links.map(
        ({ label, url, primary }) =>
          html`<a href="${url}" style="display:inline-block;margin:0 8px 8px 0;padding:10px 18px;border:2px solid ${ACCENT};border-radius:8px;font-weight:600;text-decoration:none;${
            primary ? `background:${ACCENT};color:#ffffff` : 'color:inherit'
          }">${label}</a>`,
      )}</p>
`
    case 'code':
      return html`<p style="margin:0 0 16px"><strong>${block.label}:</strong> <code style="font-size:20px;letter-spacing:2px">${block.code}</code></p>
`
  }
}

/** A text with its hidden characters named, each in a box of its own so that nobody takes it for a part of the text. */
function visible(text: string): Html {
  return html`${visibleParts(text).map((part) =>
    part.hidden
      ? html`<span style="border:1px solid ${BORDER};border-radius:3px;padding:0 3px;font-size:12px">${part.text}</span>`
      : part.text,
  )}`
}
