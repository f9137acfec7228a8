/**
 * The look of mails: the app's colours as plain values, because mail programs know no variables. Each role has its value
 * for light in the element itself, which every program reads, and for dark in a style sheet, which those with a dark mode
 * of their own read; where neither is honoured, a program that inverts colours finds all of them given.
 */
const ROLES = {
  page: { property: 'background-color', light: '#f4f4f6', dark: '#0c0c0e' },
  card: { property: 'background-color', light: '#ffffff', dark: '#17171b' },
  ink: { property: 'color', light: '#18181b', dark: '#ededf0' },
  muted: { property: 'color', light: '#52525b', dark: '#b0b0ba' },
  subtle: { property: 'color', light: '#65656f', dark: '#94949f' },
  accent: { property: 'color', light: '#4545cc', dark: '#a3a6ff' },
  sunken: { property: 'background-color', light: '#f7f7f9', dark: '#1f1f24' },
  ai: { property: 'background-color', light: '#eeeefc', dark: '#212140' },
  line: { property: 'border-color', light: '#e4e4e8', dark: '#34343b' },
  frame: { property: 'border-color', light: '#8a8a96', dark: '#6d6d78' },
  brand: { property: 'border-color', light: '#4f4fd9', dark: '#8a8df5' },
} as const

export type LookRole = keyof typeof ROLES

const names = Object.keys(ROLES) as LookRole[]

/** The attributes of an element: its roles, and what else its style says. */
export function look(roles: readonly LookRole[], style = ''): { readonly class: string; readonly style: string } {
  const own = roles.map((role) => `${ROLES[role].property}:${ROLES[role].light}`)
  return { class: roles.join(' '), style: [style, ...own].filter((part) => part !== '').join(';') }
}

const FILL = '#4f4fd9'
/** A filled button keeps its colours in both themes. */
export const FILLED = `background-color:${FILL};border-color:${FILL};color:#ffffff`
export const MARK = `background-color:${FILL};color:#ffffff`

const dark = (prefix: string, only: (property: string) => boolean = () => true) =>
  names
    .filter((role) => only(ROLES[role].property))
    .map((role) => `${prefix}.${role}{${ROLES[role].property}:${ROLES[role].dark} !important}`)
    .join('\n')

/** `data-ogsc` and `data-ogsb` are how Outlook's web page says that it has darkened text or background. */
export const STYLE_SHEET = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
${dark('')}
}
${dark('[data-ogsc] ', (property) => property !== 'background-color')}
${dark('[data-ogsb] ', (property) => property === 'background-color')}
@media (max-width:480px){
.pad{padding-left:20px !important;padding-right:20px !important}
.button,.button tbody,.button tr,.button td,.button a{display:block !important;width:auto !important;text-align:center !important}
.button{margin-right:0 !important}
.fact th,.fact td{display:block !important;width:auto !important;padding-right:0 !important}
.fact th{padding-bottom:0 !important;border-width:0 !important}
.fact td{padding-top:2px !important}
}
`
