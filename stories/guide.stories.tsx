import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, within } from 'storybook/test'
import { GuideCardView } from '#components/guide/guide-card-view.tsx'
import { GuideDockView } from '#components/guide/guide-dock-view.tsx'
import { MockNote } from '#components/guide/mock-note.tsx'
import type { GuideTour } from '#lib/contracts/guide.ts'

const tour: GuideTour = {
  workflow: { id: 'wf_sample', name: 'Sample: answer a customer' },
  step: 'editor',
  run_id: null,
  form_wait_id: null,
  approval_id: null,
  working: false,
  stopped: false,
}
const running: GuideTour = { ...tour, run_id: 'run_1', form_wait_id: 'wait_form', step: 'form' }
const asked: GuideTour = { ...running, form_wait_id: null, approval_id: 'wait_approval', step: 'mail' }

const meta = {
  title: 'Guide',
  component: GuideCardView,
  args: { tour, mock: true, starting: false, onRun: fn(), onDismiss: fn() },
} satisfies Meta<typeof GuideCardView>
export default meta

type Story = StoryObj<typeof meta>

export const CardAtTheStart: Story = {
  play: async ({ canvas, args, userEvent }) => {
    await expect(canvas.getByRole('link', { name: 'Open the editor' })).toHaveAttribute(
      'href',
      '/workflows/wf_sample/edit',
    )
    await expect(canvas.getByText('Step 1 of 6')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Put the tour away' }))
    await expect(args.onDismiss).toHaveBeenCalled()
  },
}

export const CardRun: Story = {
  args: { tour: { ...tour, step: 'run' } },
  play: async ({ canvas, args, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Start a run' }))
    await expect(args.onRun).toHaveBeenCalledOnce()
    await expect(within(canvas.getAllByRole('listitem')[0] as HTMLElement).getByText('(done)')).toBeInTheDocument()
  },
}

export const CardRunAgain: Story = { args: { tour: { ...tour, step: 'run', stopped: true } } }
export const CardForm: Story = { args: { tour: running } }
export const CardWriting: Story = {
  args: { tour: { ...asked, approval_id: null, working: true } },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('status')).toHaveTextContent('One moment')
    await expect(canvas.queryByRole('link')).toBeNull()
  },
}
export const CardWithAProvider: Story = {
  args: { tour: asked, mock: false },
  play: async ({ canvas }) => expect(canvas.queryByText(/mock/)).toBeNull(),
}
export const CardError: Story = {
  args: { tour: { ...tour, step: 'run' }, error: 'Scaff cannot be reached. Check the connection and try again.' },
}

const dock: Story['render'] = ({ tour: at, starting, onRun, onDismiss }) => (
  <div className="max-w-56">
    <GuideDockView tour={at} here={false} starting={starting} onRun={onRun} onDismiss={onDismiss} />
  </div>
)

export const Dock: Story = {
  args: { tour: asked },
  render: dock,
  play: async ({ canvas }) => {
    const link = canvas.getByRole('link', { name: 'Open the Outbox' })
    await expect(link).toHaveAttribute('href', '/outbox?run_id=run_1')
  },
}

export const DockOnThePageItself: Story = {
  args: { tour: { ...asked, step: 'approval' } },
  render: ({ tour: at, starting, onRun, onDismiss }) => (
    <div className="max-w-56">
      <GuideDockView tour={at} here starting={starting} onRun={onRun} onDismiss={onDismiss} />
    </div>
  ),
  play: async ({ canvas }) => expect(canvas.queryByRole('link')).toBeNull(),
}

export const DockDone: Story = {
  args: { tour: { ...asked, step: null } },
  render: dock,
  play: async ({ canvas }) => expect(canvas.getByRole('status')).toHaveTextContent('That was the whole loop'),
}

const line: Story['render'] = ({ mock: _, ...dockProps }) => (
  <div className="h-40 pb-(--shell-bottom)">
    <p>The page</p>
    <GuideDockView {...dockProps} here={false} />
  </div>
)

const details = (more: HTMLElement) => document.getElementById(more.getAttribute('aria-controls') ?? '')

export const DockOnAPhone: Story = {
  args: { tour: asked },
  render: line,
  globals: { viewport: { value: 'mobile1' } },
  play: async ({ canvas, args, userEvent }) => {
    const more = canvas.getByRole('button', { name: /Open the mail.*Step 4 of 6/ })
    await expect(more).toHaveAttribute('aria-expanded', 'false')
    await expect(canvas.getByRole('link', { name: 'Open the Outbox' })).toHaveTextContent('Open')
    await expect(details(more)).not.toBeVisible()
    await userEvent.click(more)
    await expect(details(more)).toBeVisible()
    await expect(details(more)).toHaveTextContent(/The draft is ready/)
    await userEvent.keyboard('{Escape}')
    await expect(more).toHaveAttribute('aria-expanded', 'false')
    await userEvent.keyboard('{Enter}')
    await userEvent.click(canvas.getByRole('button', { name: 'Put the tour away' }))
    await expect(args.onDismiss).toHaveBeenCalledOnce()
  },
}

export const DockDoneOnAPhone: Story = {
  args: { tour: { ...asked, step: null } },
  render: line,
  globals: { viewport: { value: 'mobile1' } },
  play: async ({ canvas }) =>
    expect(canvas.getByRole('link', { name: 'Browse blueprints' })).toHaveAttribute('href', '/workflows/new'),
}

export const WrittenByTheMock: Story = { render: () => <MockNote /> }
