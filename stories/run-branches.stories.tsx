import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, userEvent, within } from 'storybook/test'
import { StepOutline } from '#components/editor/step-outline.tsx'
import { StepsOutline } from '#components/workflows/steps-outline.tsx'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { workflowOutline } from '#lib/workflow/outline.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { toSteps } from '#server/services/workflows/to-workflow.ts'
import { BRANCHES, gone, halfDecided } from './fixtures/branches.ts'
import { Page } from './fixtures/run-page.tsx'
import { run } from './fixtures/runs.ts'

const meta = { component: Page, args: { run }, parameters: { nextjs: { appDirectory: true } } } satisfies Meta<
  typeof Page
>
export default meta

type Story = StoryObj<typeof meta>

/** Two people were asked side by side, and one has decided. */
export const InTwoBranches: Story = {
  loaders: [async () => ({ shown: await halfDecided() })],
  render: (_, { loaded }) => <Page run={loaded.shown} />,
  play: async ({ canvas }) => {
    const timeline = within(await canvas.findByRole('region', { name: 'Timeline' }))
    const rows = timeline.getAllByRole('button').map((row) => row.textContent ?? '')
    await expect(rows.map((row) => /legal|price/.exec(row)?.[0] ?? 'outside')).toEqual([
      'outside',
      'outside',
      'legal',
      'legal',
      'price',
    ])
  },
}

/** Branches inside of items, each below the step around it. */
export const EachItem: Story = {
  loaders: [async () => ({ shown: await gone() })],
  render: (_, { loaded }) => <Page run={loaded.shown} />,
  play: async ({ canvas }) => {
    const rows = await canvas.findAllByRole('button', { name: /By mail|By post/ })
    await expect(rows.map((row) => /item \d › \w{4}/.exec(row.textContent ?? '')?.[0])).toEqual([
      'item 1 › mail',
      'item 1 › post',
      'item 2 › mail',
      'item 2 › post',
      'item 3 › mail',
      'item 3 › post',
    ])
  },
}

/** The ways into the branches and out of them are those that were taken. */
export const TheWayThroughTheGraph: Story = {
  loaders: [async () => ({ shown: await gone() })],
  render: (_, { loaded }) => <Page run={loaded.shown} tab="graph" />,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByText('The graph as a list'))
    await expect(canvas.getByText(/Branch legal:/)).toHaveTextContent('Branch legal: Read the terms (taken)')
    await expect(canvas.getByText(/For each item:/)).toHaveTextContent('For each item: Write a letter (taken)')
    await expect(canvas.getByText(/If no items|^No items/)).not.toHaveTextContent('taken')
  },
}

const { definition } = validateWorkflow(BRANCHES, stepCatalog)
if (!definition) throw new Error('the workflow is valid')

export const OutlineOfAWorkflow: Story = {
  render: () => <StepsOutline steps={toSteps(definition.steps)} start="cool_off" selected="letter" />,
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Branch legal')).toBeVisible()
    await expect(canvas.getByText('For each item')).toBeVisible()
  },
}

export const OutlineInTheEditor: Story = {
  render: () => (
    <div className="w-80">
      <StepOutline
        reading={false}
        outline={workflowOutline(BRANCHES)}
        current="by_mail"
        problems={new Set(['by_post'])}
        onSelect={() => {}}
      />
    </div>
  ),
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('button', { name: /By post.*has errors/ })).toBeVisible()
    await expect(canvas.getByText('legal')).toBeVisible()
  },
}
