import type { monaco } from './monaco.ts'

/** In a long text what is colored must not be searched at every key stroke. */
const PAUSE_MS = 50
const EXPRESSION = String.raw`\{\{[^}\n]*\}\}|\{%[^%\n]*%\}`

/** Colors what is computed within a text: YAML itself knows nothing of it. */
export function markExpressions(
  editor: monaco.editor.IStandaloneCodeEditor,
  model: monaco.editor.ITextModel,
): monaco.IDisposable {
  const marks = editor.createDecorationsCollection()
  const mark = () => {
    const found = model.findMatches(EXPRESSION, true, true, false, null, false, 2_000)
    marks.set(found.map(({ range }) => ({ range, options: { inlineClassName: 'scaff-expression' } })))
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const changed = model.onDidChangeContent(() => {
    clearTimeout(timer)
    timer = setTimeout(mark, PAUSE_MS)
  })
  mark()
  return {
    dispose() {
      clearTimeout(timer)
      changed.dispose()
      marks.clear()
    },
  }
}
