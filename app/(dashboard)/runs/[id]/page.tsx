import type { Metadata } from 'next'
import { cache } from 'react'
import { RunPage } from '#components/timeline/run-page.tsx'
import { orNotFound, Prefetched, prefetch } from '../../prefetch.tsx'
import { submitRunFormAction } from './actions.ts'
import { prefetchShown } from './prefetch-shown.ts'
import { SentForm } from './sent-form.tsx'

interface RunRouteProps {
  readonly params: Promise<{ id: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Read once for a request: the title and the page share it. */
const readRun = cache(async (id: string) => {
  const fetched = await prefetch(`/runs/${id}`)
  const { trpc, queryClient } = fetched
  return { fetched, run: await orNotFound(queryClient.fetchQuery(trpc.runs.detail.queryOptions({ id }))) }
})

export async function generateMetadata({ params }: RunRouteProps): Promise<Metadata> {
  const { run } = await readRun((await params).id)
  return { title: `${run.workflow.name} · Runs` }
}

export default async function RunRoute({ params, searchParams }: RunRouteProps) {
  const { id } = await params
  const { fetched, run } = await readRun(id)
  const query = queryOf(await searchParams)
  await prefetchShown(fetched, run, query)
  const sent = query.get('sent')
  return (
    <Prefetched client={fetched.queryClient}>
      {sent !== null && <SentForm api={fetched.api} run={id} wait={sent} />}
      <RunPage id={id} submitForm={submitRunFormAction.bind(null, id)} />
    </Prefetched>
  )
}

/** The address's parameters as the browser reads them: of one given twice, the first. */
function queryOf(given: Record<string, string | string[] | undefined>): URLSearchParams {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) params.set(name, first)
  }
  return params
}
