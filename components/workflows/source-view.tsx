import { clsx } from 'clsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { type YamlTone, yamlPieces } from './yaml-colours.ts'

const TONES: Readonly<Record<YamlTone, string | undefined>> = {
  key: 'text-accent-ink',
  value: 'text-info',
  template: 'text-warn',
  comment: 'text-ink-subtle',
  plain: undefined,
}

/** A workflow's text as it was saved. Each line has an address of its own: `#L12`. */
export function SourceView({ yaml }: { readonly yaml: string }) {
  const lines = yaml.replace(/\n$/, '').split('\n')
  return (
    <div className="relative min-w-0 rounded-lg border bg-surface">
      <CopyButton text={yaml} className="absolute end-2 top-2" />
      <section
        aria-label="Workflow in YAML"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto py-2.5 font-mono text-[0.8125rem] leading-5"
      >
        <ol className="w-max min-w-full">
          {lines.map((text, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <li key={i} id={`L${i + 1}`} className="flex scroll-mt-24 target:bg-accent-soft">
              <a
                href={`#L${i + 1}`}
                tabIndex={-1}
                aria-label={`Line ${i + 1}`}
                className="tabular w-12 shrink-0 pe-3 text-end text-ink-subtle select-none hover:text-ink hover:underline"
              >
                {i + 1}
              </a>
              <span className="pe-24 whitespace-pre">{text === '' ? ' ' : <Colored line={text} />}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

function Colored({ line }: { readonly line: string }) {
  return yamlPieces(line).map(({ text, tone }, i) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one line never move
      key={i}
      className={clsx(TONES[tone])}
    >
      {text}
    </span>
  ))
}
