import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { ListTree } from 'lucide-react'
import { useState } from 'react'
import { expect, fn, screen, userEvent, waitFor, within } from 'storybook/test'
import { commandGroups } from '#components/palette/commands.tsx'
import { KeyboardHelpView } from '#components/palette/keyboard-help-view.tsx'
import { type PaletteGroup, PaletteView, type PaletteViewProps } from '#components/palette/palette-view.tsx'
import { StatusIcon } from '#components/runs/status.tsx'
import { LONG } from './fixtures/workflows.ts'

const gone = fn()
const commands = commandGroups({
  role: 'owner',
  go: (href) => () => gone(href),
  after: (run) => run,
  onTheme: fn(),
  onHelp: fn(),
  onSignOut: fn(),
  recent: [
    { href: '/runs/run_1', title: 'Blog post generator' },
    { href: '/workflows/wf_1', title: LONG },
  ],
})

const onPage: PaletteGroup = { label: 'On this page', items: [{ id: 'cancel', label: 'Cancel this run', run: fn() }] }

const found: PaletteGroup[] = [
  {
    label: 'Workflows',
    found: true,
    items: [
      { id: 'wf_1', label: 'Invoice check', icon: <ListTree aria-hidden="true" />, hint: 'finance', run: fn() },
      { id: 'wf_2', label: 'مراجعة الفواتير', icon: <ListTree aria-hidden="true" />, run: fn() },
      { id: 'wf_3', label: LONG, icon: <ListTree aria-hidden="true" />, hint: LONG, run: fn() },
    ],
  },
  {
    label: 'Runs',
    found: true,
    items: [
      {
        id: 'run_1',
        label: 'Invoice check',
        icon: <StatusIcon status="waiting" />,
        hint: '…8k2m4p · 2 min ago',
        run: fn(),
      },
      {
        id: 'run_2',
        label: 'Invoice check',
        icon: <StatusIcon status="failed" />,
        hint: '…8k2m4q · 3 h ago',
        run: fn(),
      },
    ],
  },
]

function Typed(props: Partial<PaletteViewProps>) {
  const [query, setQuery] = useState(props.query ?? '')
  return (
    <PaletteView
      open
      onOpenChange={fn()}
      groups={[onPage, ...commands]}
      searching={false}
      error={null}
      {...props}
      query={query}
      onQuery={setQuery}
    />
  )
}

export default { title: 'palette', component: Typed } satisfies Meta<typeof Typed>
type Story = StoryObj<typeof Typed>

export const Opened: Story = {
  play: async () => {
    const palette = within(await screen.findByRole('dialog', { name: 'Search and commands' }))
    await expect(palette.getByRole('combobox')).toHaveFocus()
    await expect(palette.getByRole('option', { name: 'Cancel this run' })).toHaveAttribute('aria-selected', 'true')
  },
}

export const FindsACommandByItsLetters: Story = {
  play: async () => {
    const palette = within(await screen.findByRole('dialog'))
    await userEvent.type(palette.getByRole('combobox'), 'new wo')
    await expect(palette.getAllByRole('option')[0]).toHaveAccessibleName('New workflow')
    await userEvent.keyboard('{Enter}')
    await expect(gone).toHaveBeenCalledWith('/workflows/new')
  },
}

export const Found: Story = { args: { query: 'invoice', groups: [...found, ...commands] } }

function Late() {
  const [groups, setGroups] = useState<readonly PaletteGroup[]>(commands)
  return (
    <>
      <span
        ref={(element) => element?.addEventListener('results', () => setGroups([...found, ...commands]))}
        id="late"
      />
      <Typed groups={groups} />
    </>
  )
}

export const ResultsComeInAbove: Story = {
  render: () => <Late />,
  play: async () => {
    const palette = within(await screen.findByRole('dialog'))
    await userEvent.type(palette.getByRole('combobox'), 'in')
    await expect(palette.getAllByRole('option')[0]).toHaveAttribute('aria-selected', 'true')
    document.querySelector('#late')?.dispatchEvent(new Event('results'))
    const [first] = await palette.findAllByRole('option', { name: /Invoice check/ })
    await waitFor(() => expect(first).toHaveAttribute('aria-selected', 'true'))
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    await waitFor(() => expect(palette.getAllByRole('option')[2]).toHaveAttribute('aria-selected', 'true'))
  },
}

export const Searching: Story = { args: { query: 'invoice', groups: commands, searching: true } }

export const NothingFits: Story = {
  args: { query: 'zzzz qqqq' },
  play: async () => {
    await expect(await screen.findByText('Nothing fits “zzzz qqqq”.')).toBeVisible()
  },
}

export const SearchFailed: Story = {
  args: { query: 'invoice', error: 'Scaff cannot be reached. Check the connection and try again.' },
}

const help = fn()

export const KeyboardHelp: Story = {
  render: () => (
    <KeyboardHelpView
      open
      onOpenChange={fn()}
      groups={[
        { label: 'Anywhere', shortcuts: [{ label: 'Search, and everything you can do', keys: ['⌘', 'K'] }] },
        {
          label: 'Go to',
          shortcuts: [
            { label: 'Workflows', keys: ['g', 'w'] },
            { label: 'Runs', keys: ['g', 'r'] },
          ],
        },
      ]}
      singleKeys
      onSingleKeys={help}
    />
  ),
  play: async () => {
    await userEvent.click(await screen.findByLabelText(/Shortcuts of single letters/))
    await expect(help).toHaveBeenCalledWith(false)
  },
}
