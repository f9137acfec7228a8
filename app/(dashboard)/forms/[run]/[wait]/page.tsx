import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FormFacts, WhoAsks } from '#components/forms/form-facts.tsx'
import { FormStatePage } from '#components/forms/form-state-page.tsx'
import { FormView } from '#components/forms/form-view.tsx'
import { DateTime } from '#components/ui/date-time.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { prefetch } from '../../../prefetch.tsx'
import { submitRunFormAction } from '../../../runs/[id]/actions.ts'
import { readForm } from '../../../runs/[id]/read-form.ts'

export const metadata: Metadata = { title: 'Form' }

const shown = (at: string) => <DateTime at={at} />

interface OwnFormPageProps {
  readonly params: Promise<{ run: string; wait: string }>
}

/** A form of a run for somebody who is signed in: a page of its own, which works without scripts. */
export default async function OwnFormPage({ params }: OwnFormPageProps) {
  const { run, wait } = await params
  const { api } = await prefetch(`/forms/${run}/${wait}`)
  const form = (await readForm(api, { run, wait })) ?? notFound()
  if (form.state !== 'open') return <FormStatePage form={form} run={run} time={shown} />
  return (
    <div className="grid max-w-2xl gap-6">
      <PageHeader
        trail={[{ href: `/runs/${run}`, label: form.workflow_name }]}
        title={form.title}
        description={form.description}
      />
      <div className="grid gap-1.5 border-s-2 ps-3.5 text-sm text-ink-muted">
        <p>
          <WhoAsks form={form} />
        </p>
        <ul className="grid gap-1.5">
          <FormFacts form={form} time={shown} signedIn />
        </ul>
      </div>
      <FormView form={form} action={submitRunFormAction.bind(null, run, wait)} draft={wait} />
    </div>
  )
}
