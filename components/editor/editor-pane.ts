export const EDITOR_PANES = ['text', 'graph', 'outline', 'test', 'tests'] as const
/** What stands beside the text; `text` counts on narrow screens only, where one of all is seen. */
export type EditorPane = (typeof EDITOR_PANES)[number]

export function readPane(value: string | null): EditorPane {
  return EDITOR_PANES.find((pane) => pane === value) ?? 'text'
}
