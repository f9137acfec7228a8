import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { DateTime } from '#components/ui/time.tsx'
import type { RunEventEntry } from '#lib/contracts/runs.ts'
import { eventWords } from './run-words.ts'

export function EventsTable({ events }: { readonly events: readonly RunEventEntry[] }) {
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <Table label="Events of this run">
        <thead>
          <tr>
            <Th className="text-right">#</Th>
            <Th>What</Th>
            <Th>Step</Th>
            <Th>When</Th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <Tr key={event.seq}>
              <Td className="tabular text-right text-ink-subtle">{event.seq}</Td>
              <Td className="whitespace-nowrap">
                {eventWords(event)} <code className="ml-1 font-mono text-xs text-ink-subtle">{event.type}</code>
              </Td>
              <Td className="font-mono text-xs">{event.step_id ?? ''}</Td>
              <Td className="whitespace-nowrap text-ink-muted">
                <DateTime at={event.at} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
