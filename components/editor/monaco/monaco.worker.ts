/** What Monaco computes off the page's thread: words, differences, folding. */
import 'monaco-editor/editor/editor.worker'
