import { CopyButton } from '#components/ui/copy-button.tsx'

/** A workflow's text as it was saved, with line numbers. */
export function SourceView({ yaml }: { readonly yaml: string }) {
  const lines = yaml.replace(/\n$/, '').split('\n')
  return (
    <div className="relative min-w-0 rounded-lg border bg-surface">
      <CopyButton text={yaml} className="absolute top-2 right-2" />
      <section
        aria-label="Workflow in YAML"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto py-2.5 font-mono text-[0.8125rem] leading-5"
      >
        <ol>
          {lines.map((text, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <li key={i} className="flex">
              <span aria-hidden="true" className="tabular w-11 shrink-0 pr-3 text-right text-ink-subtle select-none">
                {i + 1}
              </span>
              <span className="pr-4 whitespace-pre">{text || ' '}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
