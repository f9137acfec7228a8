import { visibleParts, visibleText } from '#lib/visible-text.ts'
import { Html, html } from './html.ts'
import type { Block, Letter, LetterLink } from './letter.ts'
import { FILLED, type LookRole, look, MARK, STYLE_SHEET } from './letter-look.ts'

const FONT = 'font-family:ui-sans-serif,system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif'
const MONO = 'font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace'
const WRAP = 'overflow-wrap:anywhere;word-break:break-word'
const PRE = `white-space:pre-wrap;${WRAP}`
const TABLE = new Html('role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"')

/**
 * The designed form. Tables and styles on the elements are what Outlook reads; the style sheet adds the dark theme and
 * narrow screens. Text of people and models stands in elements of its own with `dir="auto"`.
 */
export function letterToHtml({ eyebrow, title, preheader, blocks }: Letter): string {
  const foot = blocks.filter((block) => block.kind === 'small')
  const links = blocks.flatMap((block) => (block.kind === 'links' ? block.links : []))
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${visibleText(title)}</title>
<style>${new Html(STYLE_SHEET)}</style>
</head>
<body ${as(['page'], `margin:0;padding:0;${FONT};font-size:15px;line-height:1.55;-webkit-text-size-adjust:100%`)}>
<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all">${visibleText(preheader)}</div>
<table ${TABLE} ${as(['page'])}><tr><td align="center" style="padding:32px 12px 40px">
<table ${TABLE} style="max-width:600px;text-align:left;text-align:start">
<tr><td class="pad" style="padding:0 32px 16px">${brand(eyebrow)}</td></tr>
<tr><td ${as(['card', 'line', 'ink'], 'padding:28px 32px 12px;border-width:1px;border-style:solid;border-radius:12px', 'pad')}>
<h1 dir="auto" ${as(['ink'], `margin:0 0 12px;font-size:22px;line-height:1.3;font-weight:650;letter-spacing:-0.01em;${WRAP}`)}>${visible(title)}</h1>
${blocks.filter(({ kind }) => kind !== 'small').map(blockToHtml)}
</td></tr>
<tr><td class="pad" style="padding:20px 32px 0">
${foot.map(
  ({ text }) => html`<p ${as(['subtle'], `margin:0 0 12px;font-size:12px;line-height:1.5;${WRAP}`)}>${visible(text)}</p>
`,
)}${addresses(links)}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`.toString()
}

function brand(eyebrow: string): Html {
  return html`<table ${TABLE}><tr>
<td width="24" style="width:24px"><div style="${MARK};width:24px;height:24px;border-radius:6px;font-size:15px;line-height:24px;font-weight:700;text-align:center" aria-hidden="true">S</div></td>
<td ${as(['ink'], 'padding-left:8px;font-size:15px;font-weight:650')}>Scaff</td>
<td align="right" ${as(['subtle'], 'font-size:13px')}>${eyebrow}</td>
</tr></table>`
}

function blockToHtml(block: Block): Html {
  switch (block.kind) {
    case 'text':
      return html`<p dir="auto" ${as(['ink'], `margin:0 0 16px;${WRAP}`)}>${visible(block.text)}</p>
`
    case 'quote':
      return html`<blockquote dir="auto" ${as(['frame', 'ink'], `margin:0 0 20px;padding:2px 0 2px 14px;border-width:0 0 0 3px;border-style:solid;${PRE}`)}>${visible(block.text)}</blockquote>
`
    case 'facts':
      return html`<table width="100%" cellpadding="0" cellspacing="0" border="0" ${as(['line'], 'margin:20px 0;border-width:1px 0 0;border-style:solid;font-size:14px', 'fact')}>${block.facts.map(
        ([label, text]) => html`
<tr><th scope="row" align="left" valign="top" ${as(['subtle', 'line'], cell('112px', 'font-weight:400'))}>${label}</th>
<td dir="auto" valign="top" ${as(['ink', 'line'], cell('auto', WRAP))}>${visible(text)}</td></tr>`,
      )}</table>
`
    case 'value':
      return html`<table ${TABLE} style="margin:0 0 12px"><tr><td ${as(
        block.ai ? ['ai', 'brand', 'ink'] : ['sunken', 'line', 'ink'],
        `padding:12px 14px;border-width:1px;border-style:solid;border-radius:8px`,
      )}>
<p ${as(['muted'], `margin:0 0 4px;font-size:13px;${WRAP}`)}><strong>${visible(block.label)}</strong>${
        block.note === null ? null : html` <span ${as([block.ai ? 'accent' : 'subtle'])}>· ${block.note}</span>`
      }</p>
<div dir="auto" ${as(['ink'], PRE)}>${visible(block.text)}</div>
</td></tr></table>
`
    case 'links':
      return html`<div style="margin:24px 0 12px">${block.links.map(button)}</div>
`
    case 'code':
      return html`<table ${TABLE} style="margin:0 0 20px"><tr><td align="center" ${as(['sunken', 'line', 'ink'], 'padding:14px;border-width:1px;border-style:solid;border-radius:8px')}>
<p ${as(['muted'], 'margin:0 0 4px;font-size:13px')}>${block.label}</p>
<p ${as(['ink'], `margin:0;font-size:26px;line-height:1.2;letter-spacing:6px;font-weight:600;${MONO}`)}>${block.code}</p>
</td></tr></table>
`
    case 'small':
      return html``
  }
}

function cell(width: string, more: string): string {
  return `padding:9px 12px 9px 0;width:${width};border-width:0 0 1px;border-style:solid;${more}`
}

/** A table of one cell, because Outlook pads no links. */
function button({ label, url, primary }: LetterLink): Html {
  const style = 'border-width:1px;border-style:solid;border-radius:8px'
  const link =
    'display:inline-block;padding:10px 20px;font-size:15px;line-height:20px;font-weight:600;text-decoration:none'
  return html`
<table role="presentation" cellpadding="0" cellspacing="0" border="0" class="button" style="display:inline-table;margin:0 8px 8px 0;vertical-align:top"><tr><td ${
    primary ? new Html(`style="${style};${FILLED}"`) : as(['card', 'frame'], style)
  }><a href="${url}" ${primary ? new Html(`style="${link};color:#ffffff"`) : as(['ink'], link)}>${label}</a></td></tr></table>`
}

/** The same links written out, for programs that show no buttons. */
function addresses(links: readonly LetterLink[]): Html | null {
  if (links.length === 0) return null
  return html`<p ${as(['subtle'], `margin:0;font-size:12px;line-height:1.5;${WRAP}`)}>If a button does not work, open its address:${links.map(
    ({ label, url }) => html`<br>${label}: <a href="${url}" ${as(['subtle'], 'word-break:break-all')}>${url}</a>`,
  )}</p>
`
}

/** Class and style of an element. */
function as(roles: readonly LookRole[], style = '', more = ''): Html {
  const { class: own, style: all } = look(roles, style)
  return html`class="${more === '' ? own : `${more} ${own}`}" style="${all}"`
}

/** A text with its hidden characters named, each in a box of its own so that nobody takes it for a part of the text. */
function visible(text: string): Html {
  return html`${visibleParts(text).map((part) =>
    part.hidden
      ? html`<span style="border:1px solid #8a8a96;border-radius:3px;padding:0 3px;font-size:12px">${part.text}</span>`
      : part.text,
  )}`
}
