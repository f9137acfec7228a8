import type { monaco } from './monaco.ts'

/**
 * Keys that mean the same everywhere in the app. Save is answered here; the palette's key, with which Monaco would begin
 * a chord of its own, is handed on to the page.
 */
export function leaveToThePage(editor: monaco.editor.IStandaloneCodeEditor, save: () => void): monaco.IDisposable {
  const box = editor.getContainerDomNode()
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
    const key = event.key.toLowerCase()
    if (key !== 's' && key !== 'k') return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (key === 's') save()
    else document.dispatchEvent(new KeyboardEvent('keydown', event))
  }
  box.addEventListener('keydown', onKeyDown, true)
  return { dispose: () => box.removeEventListener('keydown', onKeyDown, true) }
}
