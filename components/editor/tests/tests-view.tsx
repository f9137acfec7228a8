'use client'
import { CircleCheck, CircleX, ListChecks, LoaderCircle } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { CaseReport } from '#lib/workflow/cases/report.ts'
import { CaseItem } from './case-item.tsx'
import { CoverageView } from './coverage-view.tsx'
import type { Tests } from './use-tests.ts'

export interface TestsViewProps extends Pick<Tests, 'report' | 'invalid' | 'playing' | 'error'> {
  /** No first test can be written into this text. */
  readonly refused: boolean
  readonly onAgain: () => void
  /** Writes a first test. */
  readonly onBegin: () => void
  readonly onJump: (line: number, column: number) => void
  readonly onStep: (step: string) => void
}

/** What came of the tests in the text: each with what differed, and what none of them comes to. */
export function TestsView(props: TestsViewProps) {
  const { report, invalid, playing, error, refused, onAgain, onBegin, onJump, onStep } = props
  return (
    <section aria-label="Tests" className="relative bg-surface">
      <p
        role="status"
        className="flex min-h-10 items-center gap-2 border-b bg-sunken px-4 text-[0.8125rem] text-ink-muted"
      >
        <Sign {...props} />
        {sentence(props)}
      </p>
      {error !== null && (
        <div className="px-4 pt-4">
          <Notice
            tone="bad"
            action={
              <Button size="sm" onClick={onAgain}>
                Try again
              </Button>
            }
          >
            {error}
          </Notice>
        </div>
      )}
      {invalid && (
        <div className="px-4 pt-4">
          <Notice tone="warn">
            {report === null
              ? 'The text has errors. Cure them first, then its tests are played here.'
              : 'The text has errors. These results are of the last text without any.'}
          </Notice>
        </div>
      )}
      {report === null && playing && error === null && (
        // The line above says it already.
        <div aria-hidden="true">
          <SkeletonRows rows={3} label="Playing the tests" />
        </div>
      )}
      {report?.coverage === null && (
        <EmptyState
          icon={ListChecks}
          title="No tests yet"
          action={
            <Button aria-disabled={invalid || refused || undefined} onClick={() => !invalid && !refused && onBegin()}>
              Write the first test
            </Button>
          }
        >
          A test says what people, AI and calls answer, and what must come of it. It is played here whenever you pause,
          and by <code className="font-mono text-xs whitespace-nowrap">scaff test</code>.
          {refused && (
            <span role="alert" className="mt-2 block text-ink">
              None can be written into this text. Add <code className="font-mono text-xs">tests:</code> yourself.
            </span>
          )}
        </EmptyState>
      )}
      {report?.coverage && (
        <>
          <ol aria-label="Tests" className="grid">
            {report.cases.map((one) => (
              <li key={`${one.name} ${one.passed}`} className="border-b">
                <CaseItem case={one} onJump={onJump} />
              </li>
            ))}
          </ol>
          <CoverageView coverage={report.coverage} onStep={onStep} />
        </>
      )}
    </section>
  )
}

function Sign({ report, playing, error, invalid }: TestsViewProps) {
  if (playing && error === null) return <LoaderCircle aria-hidden="true" className="size-4 shrink-0 animate-spin" />
  if (!report?.coverage || invalid || error !== null)
    return <ListChecks aria-hidden="true" className="size-4 shrink-0" />
  return report.cases.every(({ passed }) => passed) ? (
    <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-good" />
  ) : (
    <CircleX aria-hidden="true" className="size-4 shrink-0 text-bad" />
  )
}

function sentence({ report, playing, error }: TestsViewProps): string {
  if (error !== null) return 'The tests were not played.'
  if (!report?.coverage)
    return report === null && playing ? 'Playing the tests.' : 'Tests are played in memory; nothing leaves this page.'
  return tally(report.cases)
}

function tally(cases: readonly CaseReport[]): string {
  const failed = cases.filter(({ passed }) => !passed).length
  if (failed === 0) return cases.length === 1 ? 'The test passes.' : `All ${cases.length} tests pass.`
  return `${failed} of ${cases.length === 1 ? '1 test fails' : `${cases.length} tests ${failed === 1 ? 'fails' : 'fail'}`}.`
}
