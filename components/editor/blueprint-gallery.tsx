'use client'
import { ArrowRight, FilePlus2, KeyRound, SearchX } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { SearchField } from '#components/ui/search-field.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { SourceView } from '#components/workflows/source-view.tsx'
import { stepLook } from '#components/workflows/step-look.ts'
import type { Blueprint } from '#lib/blueprints/blueprint.ts'
import { BlueprintGraph } from './blueprint-graph.tsx'
import { searchBlueprints } from './blueprint-search.ts'

/** What to begin from. A card opens a look at the whole; from there, or from the empty page, it goes on in the editor. */
export function BlueprintGallery({ blueprints }: { readonly blueprints: readonly Blueprint[] }) {
  const [question, setQuestion] = useState('')
  const [shown, setShown] = useState<Blueprint | null>(null)
  const groups = searchBlueprints(blueprints, question)
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-center gap-3">
        <search className="min-w-0 flex-1 basis-64 sm:max-w-sm">
          <SearchField
            label="Search blueprints"
            placeholder="Search blueprints"
            value={question}
            onChange={setQuestion}
          />
        </search>
        <Link
          href="/workflows/new?from=blank"
          className="inline-flex h-8 items-center gap-1.5 rounded-md border border-dashed border-control px-3 text-sm font-medium text-ink-muted transition-colors hover:bg-hover hover:text-ink"
        >
          <FilePlus2 aria-hidden="true" className="size-4" />
          Begin with an empty page
        </Link>
      </div>
      {groups.length === 0 && (
        <EmptyState
          icon={SearchX}
          title="No blueprint has these words"
          action={<Button onClick={() => setQuestion('')}>Show all blueprints</Button>}
        />
      )}
      {groups.map(({ category, blueprints: own }) => (
        <section key={category} aria-labelledby={`category-${category}`} className="grid gap-2.5">
          <h2 id={`category-${category}`} className="text-[0.8125rem] font-semibold text-ink-muted">
            {category}
          </h2>
          <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {own.map((blueprint) => (
              <li key={blueprint.id} className="flex">
                <Card blueprint={blueprint} onShow={() => setShown(blueprint)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <Sheet
        open={shown !== null}
        onOpenChange={(open) => !open && setShown(null)}
        wide
        title={shown?.title ?? ''}
        description={shown?.summary}
      >
        {shown && <Preview blueprint={shown} />}
      </Sheet>
    </div>
  )
}

function Card({ blueprint, onShow }: { readonly blueprint: Blueprint; readonly onShow: () => void }) {
  const { title, summary, steps, needs } = blueprint
  return (
    <article className="relative flex w-full flex-col rounded-lg border bg-surface p-4 transition-colors hover:border-control hover:bg-sunken">
      <Strip steps={steps} />
      <h3 className="mt-3 text-sm font-semibold">
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={onShow}
          className="text-start after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent-ink"
        >
          {title}
        </button>
      </h3>
      <p className="mt-1 flex-1 text-[0.8125rem] text-ink-muted">{summary}</p>
      {needs.length > 0 && (
        <p className="mt-2 flex items-center gap-1.5 text-xs text-ink-muted">
          <KeyRound aria-hidden="true" className="size-3.5" />
          Needs {needs.join(', ')}
        </p>
      )}
    </article>
  )
}

/** The steps in a row, as small as they can be told apart. */
function Strip({ steps }: { readonly steps: readonly string[] }) {
  return (
    <ol aria-label="Steps" className="flex flex-wrap items-center gap-y-1">
      {steps.map((type, i) => {
        const { icon: Icon, label } = stepLook(type)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a type may occur twice, and the order never changes
          <li key={i} className="flex items-center">
            {i > 0 && <span aria-hidden="true" className="h-px w-2.5 bg-control" />}
            <span title={label} className="grid size-6 place-items-center rounded border bg-surface text-ink-muted">
              <Icon aria-hidden="true" className="size-3.5" />
              <span className="sr-only">{label}</span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function Preview({ blueprint }: { readonly blueprint: Blueprint }) {
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-56 text-[0.8125rem] text-ink-muted">{blueprint.learn}</p>
        <ButtonLink variant="primary" href={`/workflows/new?from=${blueprint.id}`}>
          Use this blueprint
          <ArrowRight aria-hidden="true" />
        </ButtonLink>
      </div>
      <BlueprintGraph yaml={blueprint.yaml} />
      <SourceView yaml={blueprint.yaml} />
    </div>
  )
}
