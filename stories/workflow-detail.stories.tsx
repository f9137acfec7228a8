import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, screen, userEvent } from 'storybook/test'
import { TextDiff } from '#components/diff/text-diff.tsx'
import { ChangeList } from '#components/workflows/change-list.tsx'
import { VersionsView } from '#components/workflows/versions-view.tsx'
import { WorkflowDetailView } from '#components/workflows/workflow-detail-view.tsx'
import { LONG, versions, workflow, YAML } from './fixtures/workflows.ts'

const meta = {
  component: WorkflowDetailView,
  args: {
    workflow,
    tab: 'overview',
    can: { run: true, update: true, remove: true },
    error: null,
    onRun: fn(),
    onEnabled: fn(),
    onDelete: fn(),
    versions: (
      <VersionsView
        workflowId="wf_1"
        versions={versions}
        shown={4}
        canRestore
        pending={false}
        onRestore={fn()}
        compared={null}
        onCompare={fn()}
        comparison={null}
      />
    ),
  },
} satisfies Meta<typeof WorkflowDetailView>
export default meta

type Story = StoryObj<typeof meta>

export const Overview: Story = {}

export const Yaml: Story = { args: { tab: 'yaml' } }

export const Versions: Story = { args: { tab: 'versions' } }

export const ComparedVersions: Story = {
  args: {
    tab: 'versions',
    versions: (
      <VersionsView
        workflowId="wf_1"
        versions={versions}
        shown={4}
        canRestore
        pending={false}
        onRestore={fn()}
        compared={{ from: 3, to: 4 }}
        onCompare={fn()}
        comparison={
          <>
            <ChangeList
              changes={[
                { kind: 'changed', step: 'generate_draft', text: 'Step generate_draft: timeout 30s → 1m' },
                { kind: 'added', step: 'publish', text: 'Step publish added after manager_approval' },
                { kind: 'removed', step: null, text: 'Secret CMS_KEY removed' },
              ]}
            />
            <TextDiff
              before={YAML}
              after={YAML.replace('Write about', 'Write calmly about')}
              beforeLabel="Version 3"
              afterLabel="Version 4"
            />
          </>
        }
      />
    ),
  },
}

export const OldVersion: Story = { args: { workflow: { ...workflow, version: 2 } } }

export const Disabled: Story = { args: { workflow: { ...workflow, enabled: false } } }

export const ForViewers: Story = { args: { can: { run: false, update: false, remove: false } } }

export const LongNames: Story = { args: { workflow: { ...workflow, name: LONG, description: LONG, tags: [LONG] } } }

export const WithWarnings: Story = {
  args: {
    workflow: {
      ...workflow,
      warnings: [
        {
          severity: 'warning',
          code: 'secret.unset',
          message: 'The secret CMS_API_KEY is not set. Set it in the settings before a run starts.',
          path: 'steps[4].headers.Authorization',
          line: 24,
          column: 9,
          endLine: 24,
          endColumn: 20,
        },
      ],
    },
  },
}

export const AsksToDelete: Story = {
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'More actions' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete this workflow' }, { timeout: 5_000 }))
    await expect(args.onDelete).toHaveBeenCalledOnce()
  },
}
