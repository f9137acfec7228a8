import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn } from 'storybook/test'
import { ContextView } from '#components/timeline/context-view.tsx'
import { EventsView } from '#components/timeline/events-view.tsx'
import { Page } from './fixtures/run-page.tsx'
import { run, runEvents } from './fixtures/runs.ts'

const meta = { component: Page, args: { run }, parameters: { nextjs: { appDirectory: true } } } satisfies Meta<
  typeof Page
>
export default meta

type Story = StoryObj<typeof meta>

export const GraphWithThePathTaken: Story = { args: { tab: 'graph' } }

export const Events: Story = {
  args: {
    tab: 'events',
    events: <EventsView events={runEvents} error={null} kind="all" onKind={fn()} onMore={null} onStep={fn()} />,
  },
}

export const EventsOfNoKind: Story = {
  args: {
    tab: 'events',
    events: <EventsView events={[]} error={null} kind="wait" onKind={fn()} onMore={null} onStep={fn()} />,
  },
}

const contextArgs = { steps: run.workflow.steps, at: '', onAt: fn(), error: null, onStep: fn() }

export const Context: Story = {
  args: {
    tab: 'context',
    context: (
      <ContextView
        {...contextArgs}
        values={{
          context: {
            static: {},
            profile: { name: 'Sarah', agent_id: null },
            runtime: { topic: 'AI', title: 'Ten things', approved: true, api_response: { status: 201 }, slug: 'ai' },
            steps: { collect_brief: { output: { topic: 'AI' } } },
          },
          made: {
            topic: { step: null, source: null },
            title: { step: 'generate_draft', source: 'ai' },
            approved: { step: 'manager_approval', source: 'decision' },
            api_response: { step: 'publish', source: 'call' },
            slug: { step: 'publish', source: 'pure' },
          },
          steps: { collect_brief: 'person' },
        }}
      />
    ),
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('AI wrote it')).toBeVisible()
    await expect(canvas.getByText('A person entered it')).toBeVisible()
  },
}

export const ContextEmpty: Story = {
  args: {
    tab: 'context',
    context: (
      <ContextView
        {...contextArgs}
        values={{ context: { static: {}, profile: {}, runtime: {}, steps: {} }, made: {}, steps: {} }}
      />
    ),
  },
}

export const ContextLoading: Story = {
  args: { tab: 'context', context: <ContextView {...contextArgs} values={undefined} /> },
}
