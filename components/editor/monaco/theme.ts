import { monaco } from './monaco.ts'

export const THEME = 'scaff'

/** Our tokens → Monaco's names; what is not named follows from these or from Monaco's own light and dark. */
const COLORS: Readonly<Record<string, readonly [token: string, alpha?: string]>> = {
  'editor.background': ['surface'],
  'editor.foreground': ['ink'],
  'editorGutter.background': ['surface'],
  'editorLineNumber.foreground': ['ink-subtle'],
  'editorLineNumber.activeForeground': ['ink'],
  'editorCursor.foreground': ['ink'],
  'editor.selectionBackground': ['accent', '40'],
  'editor.inactiveSelectionBackground': ['accent', '26'],
  'editor.selectionHighlightBackground': ['accent', '1f'],
  'editor.wordHighlightBackground': ['accent', '1f'],
  'editor.wordHighlightStrongBackground': ['accent', '2e'],
  'editor.lineHighlightBackground': ['hover', '80'],
  'editor.lineHighlightBorder': ['hover', '00'],
  'editor.findMatchBackground': ['warn', '59'],
  'editor.findMatchHighlightBackground': ['warn', '33'],
  'editorIndentGuide.background1': ['line'],
  'editorIndentGuide.activeBackground1': ['control', '99'],
  'editorLineNumber.dimmedForeground': ['ink-subtle'],
  'editorBracketHighlight.foreground1': ['ink-muted'],
  'editorBracketHighlight.foreground2': ['ink-muted'],
  'editorBracketHighlight.foreground3': ['ink-muted'],
  'editor.rangeHighlightBackground': ['accent', '14'],
  'editorBracketMatch.background': ['accent', '1f'],
  'editorBracketMatch.border': ['accent', '80'],
  'editorWhitespace.foreground': ['line'],
  'editorError.foreground': ['bad'],
  'editorWarning.foreground': ['warn'],
  'editorInfo.foreground': ['info'],
  'editorLightBulb.foreground': ['accent-ink'],
  'editorLightBulbAutoFix.foreground': ['accent-ink'],
  'editorWidget.background': ['surface'],
  'editorWidget.foreground': ['ink'],
  'editorWidget.border': ['line'],
  'editorHoverWidget.background': ['surface'],
  'editorHoverWidget.foreground': ['ink'],
  'editorHoverWidget.border': ['line'],
  'editorHoverWidget.statusBarBackground': ['sunken'],
  'editorSuggestWidget.background': ['surface'],
  'editorSuggestWidget.border': ['line'],
  'editorSuggestWidget.foreground': ['ink'],
  'editorSuggestWidget.highlightForeground': ['accent-ink'],
  'editorSuggestWidget.focusHighlightForeground': ['accent-ink'],
  'editorSuggestWidget.selectedBackground': ['accent-soft'],
  'editorSuggestWidget.selectedForeground': ['ink'],
  'editorSuggestWidget.selectedIconForeground': ['ink'],
  'editorMarkerNavigation.background': ['surface'],
  'editorMarkerNavigationError.background': ['bad'],
  'editorMarkerNavigationError.headerBackground': ['bad-soft'],
  'editorMarkerNavigationWarning.background': ['warn'],
  'editorMarkerNavigationWarning.headerBackground': ['warn-soft'],
  'menu.background': ['surface'],
  'menu.foreground': ['ink'],
  'menu.selectionBackground': ['accent-soft'],
  'menu.selectionForeground': ['ink'],
  'editorActionList.background': ['surface'],
  'editorActionList.foreground': ['ink'],
  'editorActionList.focusBackground': ['accent-soft'],
  'editorActionList.focusForeground': ['ink'],
  'list.hoverBackground': ['hover'],
  'list.focusBackground': ['accent-soft'],
  'list.focusForeground': ['ink'],
  'list.activeSelectionBackground': ['accent-soft'],
  'list.activeSelectionForeground': ['ink'],
  'list.highlightForeground': ['accent-ink'],
  'scrollbarSlider.background': ['control', '33'],
  'scrollbarSlider.hoverBackground': ['control', '66'],
  'scrollbarSlider.activeBackground': ['control', '80'],
  'scrollbar.shadow': ['line', '00'],
  'widget.shadow': ['shadow'],
  'input.background': ['canvas'],
  'input.foreground': ['ink'],
  'input.border': ['control'],
  'inputOption.activeBackground': ['accent-soft'],
  'inputOption.activeBorder': ['accent'],
  'inputOption.activeForeground': ['accent-ink'],
  'icon.foreground': ['ink-muted'],
  'textLink.foreground': ['accent-ink'],
  'textCodeBlock.background': ['sunken'],
  focusBorder: ['accent-ink'],
  foreground: ['ink'],
  descriptionForeground: ['ink-muted'],
  'symbolIcon.propertyForeground': ['ink-muted'],
  'symbolIcon.variableForeground': ['info'],
  'symbolIcon.functionForeground': ['accent-ink'],
  'symbolIcon.snippetForeground': ['ink-muted'],
}

const TOKENS: readonly (readonly [scope: string, token: string])[] = [
  ['', 'ink'],
  ['comment', 'ink-subtle'],
  ['type.yaml', 'accent-ink'],
  ['string.yaml', 'ink'],
  ['string', 'good'],
  ['number', 'info'],
  ['keyword', 'info'],
  ['operators', 'ink-subtle'],
  ['delimiter', 'ink-subtle'],
  ['delimiter.bracket', 'ink-subtle'],
  ['delimiter.square', 'ink-subtle'],
  ['namespace', 'ink-muted'],
  ['tag', 'warn'],
]

/** Reads the colours as they are on the page now, and gives them to every editor. */
export function applyTheme(): void {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  try {
    const color = (token: string, alpha = '') => {
      probe.style.color = `var(--${token})`
      return toHex(getComputedStyle(probe).color) + alpha
    }
    const dark = brightness(color('surface')) < 128
    monaco.editor.defineTheme(THEME, {
      base: dark ? 'vs-dark' : 'vs',
      inherit: true,
      rules: TOKENS.map(([token, name]) => ({ token, foreground: color(name).slice(1) })),
      colors: Object.fromEntries(Object.entries(COLORS).map(([name, [token, alpha]]) => [name, color(token, alpha)])),
    })
    monaco.editor.setTheme(THEME)
  } finally {
    probe.remove()
  }
}

/** Follows the theme until it is told to stop. */
export function followTheme(): () => void {
  applyTheme()
  const observer = new MutationObserver(applyTheme)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', applyTheme)
  return () => {
    observer.disconnect()
    system.removeEventListener('change', applyTheme)
  }
}

function toHex(rgb: string): string {
  const parts = rgb.match(/[\d.]+/g) ?? []
  const [r = '0', g = '0', b = '0', a] = parts
  const hex = (value: number) => Math.round(value).toString(16).padStart(2, '0')
  return `#${hex(Number(r))}${hex(Number(g))}${hex(Number(b))}${a === undefined ? '' : hex(Number(a) * 255)}`
}

function brightness(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return 0.299 * r + 0.587 * g + 0.114 * b
}
