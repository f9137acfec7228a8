import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { Copy, Ellipsis, Filter, Inbox, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { expect, fn, screen, userEvent, waitFor, within } from 'storybook/test'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { DropdownMenu } from '#components/ui/dropdown-menu.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toast.ts'
import { ToastOutlet } from '#components/ui/toast-outlet.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { LONG } from './fixtures/workflows.ts'

export default { title: 'ui' } satisfies Meta
type Story = StoryObj

const renamed = fn()

export const Menu: Story = {
  render: () => (
    <DropdownMenu
      align="start"
      trigger={
        <Button size="icon" aria-label="More">
          <Ellipsis aria-hidden="true" />
        </Button>
      }
      items={[
        { label: 'Rename', icon: Pencil, keys: ['F2'], onSelect: renamed },
        { label: 'Duplicate', icon: Copy, hint: 'As a new workflow, switched off' },
        { label: LONG, disabled: true },
        null,
        { label: 'Delete', icon: Trash2, tone: 'bad' },
      ]}
    />
  ),
  play: async ({ canvas }) => {
    const button = canvas.getByRole('button', { name: 'More' })
    button.focus()
    await userEvent.keyboard('{Enter}')
    await screen.findByRole('menu')
    await userEvent.keyboard('{ArrowDown}')
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(canvas.getByRole('button', { name: 'More' })).toHaveFocus())
    await userEvent.click(canvas.getByRole('button', { name: 'More' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: /^Rename/ }))
    await expect(renamed).toHaveBeenCalledOnce()
  },
}

export const MenuOpen: Story = {
  ...Menu,
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'More' }))
    await expect(await screen.findByRole('menuitem', { name: 'Delete' })).toBeVisible()
  },
}

export const PopoverOpen: Story = {
  render: () => (
    <Popover
      label="Filters"
      trigger={
        <Button>
          <Filter aria-hidden="true" /> Filter
        </Button>
      }
    >
      {(close) => (
        <div className="grid gap-3">
          <Field label="Started by">{(control) => <Input {...control} />}</Field>
          <Button variant="primary" onClick={close}>
            Apply
          </Button>
        </div>
      )}
    </Popover>
  ),
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Filter' }))
    const panel = within(await screen.findByRole('dialog', { name: 'Filters' }))
    await userEvent.click(panel.getByRole('button', { name: 'Apply' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await userEvent.click(canvas.getByRole('button', { name: 'Filter' }))
    await screen.findByRole('dialog', { name: 'Filters' })
  },
}

export const TooltipShown: Story = {
  render: () => (
    <div className="p-12">
      <Tooltip text="Saves and starts a run" keys={['⌘', 'S']}>
        <Button>Save</Button>
      </Tooltip>
    </div>
  ),
  play: async ({ canvas }) => {
    await userEvent.tab()
    await expect(await screen.findByRole('tooltip')).toHaveTextContent('Saves and starts a run')
    await expect(canvas.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(/Saves and starts a run/)
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull())
    await userEvent.hover(canvas.getByRole('button', { name: 'Save' }))
    await expect(await screen.findByRole('tooltip')).toBeVisible()
  },
}

function ASheet({ wide, narrow }: { readonly wide?: boolean; readonly narrow?: boolean }) {
  const [open, setOpen] = useState(true)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Details</Button>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title="Attempt 2 of draft"
        description="Failed after 4.2 s"
        wide={wide}
        narrow={narrow}
        actions={
          <Button size="sm" variant="ghost">
            Copy link
          </Button>
        }
      >
        {narrow ? <a href="#top">The timeline</a> : <p className="text-sm">{LONG.repeat(8)}</p>}
      </Sheet>
    </>
  )
}

export const SheetOpen: Story = {
  render: () => <ASheet />,
  play: async ({ canvas }) => {
    await screen.findByRole('dialog', { name: 'Attempt 2 of draft' })
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await userEvent.click(canvas.getByRole('button', { name: 'Details' }))
    await expect(await screen.findByRole('dialog')).toBeVisible()
  },
}

export const SheetWide: Story = { render: () => <ASheet wide /> }
export const SheetNarrow: Story = { render: () => <ASheet narrow /> }

function Views() {
  const [view, setView] = useState<'timeline' | 'graph' | 'events'>('timeline')
  return (
    <Segmented
      label="View"
      value={view}
      onChange={setView}
      options={[
        { value: 'timeline', label: 'Timeline' },
        { value: 'graph', label: 'Graph' },
        { value: 'events', label: 'Events', count: 24 },
      ]}
    />
  )
}

export const Segments: Story = {
  render: () => <Views />,
  play: async ({ canvas }) => {
    await userEvent.tab()
    await expect(canvas.getByRole('radio', { name: 'Timeline' })).toHaveFocus()
    await userEvent.keyboard('{ArrowRight}')
    await expect(canvas.getByRole('radio', { name: 'Graph' })).toBeChecked()
  },
}

export const Keys: Story = {
  render: () => (
    <div className="flex gap-4">
      <Kbd keys={['⌘', 'K']} />
      <Kbd keys={['Ctrl', 'Shift', 'P']} />
      <Kbd keys={['g', 'w']} />
    </div>
  ),
}

export const Toasts: Story = {
  render: () => (
    <>
      <Button
        onClick={() => {
          toast({
            title: 'Invoice check completed',
            description: '12 s, $0.02',
            tone: 'good',
            href: '/runs/run_1',
            action: 'Look',
          })
          toast({ title: 'The test run failed', description: LONG, tone: 'bad', href: '/runs/run_2' })
          toast({ title: 'Ben published version 4' })
        }}
      >
        Tell
      </Button>
      <ToastOutlet />
    </>
  ),
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Tell' }))
    await waitFor(() => expect(screen.getByText('Invoice check completed')).toBeVisible())
    await expect(screen.getByRole('link', { name: 'Look' })).toHaveAttribute('href', '/runs/run_1')
  },
}

export const Buttons: Story = {
  render: () => (
    <div className="flex flex-wrap items-center gap-3">
      {(['primary', 'secondary', 'ghost', 'danger'] as const).map((variant) => (
        <Button key={variant} variant={variant}>
          {variant}
        </Button>
      ))}
      <Button variant="primary" disabled>
        disabled
      </Button>
      <Button size="sm">small</Button>
      <Button size="lg">large</Button>
    </div>
  ),
}

export const Badges: Story = {
  render: () => (
    <div className="flex flex-wrap gap-2">
      {(['neutral', 'accent', 'good', 'warn', 'bad', 'info'] as const).map((tone) => (
        <Badge key={tone} tone={tone}>
          {tone}
        </Badge>
      ))}
    </div>
  ),
}

export const Notices: Story = {
  render: () => (
    <div className="grid gap-3">
      <Notice title="A run takes the newest version">Those that are under way keep theirs.</Notice>
      <Notice tone="good">The key is ready.</Notice>
      <Notice tone="warn" action={<Button size="sm">Set it</Button>}>
        No mail provider is set: mails stay in the Outbox.
      </Notice>
      <Notice tone="bad" title="The run failed at draft">
        {LONG}
      </Notice>
    </div>
  ),
}

export const Empty: Story = {
  render: () => (
    <EmptyState icon={Inbox} title="Nothing waits for you" action={<Button>See what was decided</Button>}>
      Requests appear here the moment a run needs your decision.
    </EmptyState>
  ),
}

export const Loading: Story = { render: () => <SkeletonRows /> }
