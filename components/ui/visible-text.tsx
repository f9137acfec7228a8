import { visibleParts } from '#lib/visible-text.ts'

/**
 * Text from people, models and other systems, shown as the bytes have it: what cannot be seen is named, and the reading
 * direction of one value cannot reach into the next.
 */
export function VisibleText({ text, className }: { readonly text: string; readonly className?: string }) {
  return (
    <bdi className={className}>
      {visibleParts(text).map((part, i) =>
        part.hidden ? (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
            key={i}
            title={`A character that cannot be seen stands here: ${part.text}`}
            className="mx-px rounded-sm border border-warn-line bg-warn-soft px-0.5 font-mono text-[0.75em] text-warn"
          >
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </bdi>
  )
}
