'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ListTree, Zap } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { StatusIcon } from '#components/runs/status.tsx'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { useDebounced } from '#components/ui/use-debounced.ts'
import type { SearchResults } from '#lib/contracts/search.ts'
import { offeredActions } from './action-registry.ts'
import { type Commands, commandGroups } from './commands.tsx'
import { type PaletteGroup, PaletteView } from './palette-view.tsx'
import { readRecent } from './recent-pages.ts'

export interface PaletteProps extends Omit<Commands, 'go'> {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly query: string
  readonly onQuery: (query: string) => void
}

/** Fewer letters find everything and nothing. */
const LEAST = 2

export function Palette({ open, onOpenChange, query, onQuery, ...commands }: PaletteProps) {
  const router = useRouter()
  const trpc = useTRPC()
  const q = useDebounced(query.trim(), 120)
  const search = useQuery(
    trpc.search.all.queryOptions({ q }, { enabled: q.length >= LEAST, placeholderData: keepPreviousData }),
  )
  // What the page offers and where the person was are read once, when the palette opens.
  const [offered] = useState(() => ({ actions: offeredActions(), recent: readRecent() }))

  const after = (run: () => void) => () => {
    onOpenChange(false)
    run()
  }
  const go = (href: string) => after(() => router.push(href))
  const found = query.trim().length >= LEAST ? results(search.data, go) : []
  const groups: PaletteGroup[] = [
    {
      label: 'On this page',
      items: offered.actions.map(({ id, label, icon: Icon = Zap, keywords, run }) => ({
        id,
        label,
        icon: <Icon aria-hidden="true" />,
        ...(keywords === undefined ? {} : { keywords }),
        run: after(run),
      })),
    },
    ...found,
    ...commandGroups({ ...commands, go, after, recent: offered.recent }),
  ]
  return (
    <PaletteView
      open={open}
      onOpenChange={onOpenChange}
      query={query}
      onQuery={onQuery}
      groups={groups}
      searching={query.trim().length >= LEAST && (search.isFetching || q !== query.trim())}
      error={query.trim().length >= LEAST ? errorSentence(search.error) : null}
    />
  )
}

function results(data: SearchResults | undefined, go: (href: string) => () => void): PaletteGroup[] {
  if (!data) return []
  return [
    {
      label: 'Workflows',
      found: true,
      items: data.workflows.map(({ id, name, tags, enabled }) => ({
        id,
        label: name,
        icon: <ListTree aria-hidden="true" />,
        hint: enabled ? tags.join(', ') : 'Switched off',
        run: go(`/workflows/${id}`),
      })),
    },
    {
      label: 'Runs',
      found: true,
      items: data.runs.map(({ run_id, workflow_name, status, started_at }) => ({
        id: run_id,
        label: workflow_name,
        icon: <StatusIcon status={status} />,
        hint: (
          <>
            <span className="font-mono">…{run_id.slice(-6)}</span> · <RelativeTime at={started_at} />
          </>
        ),
        run: go(`/runs/${run_id}`),
      })),
    },
  ]
}
