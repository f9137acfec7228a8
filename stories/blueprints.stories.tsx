import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, screen, userEvent } from 'storybook/test'
import { BlueprintGallery } from '#components/editor/blueprint-gallery.tsx'
import { BLUEPRINTS } from '#lib/blueprints/blueprints.ts'

const meta = {
  component: BlueprintGallery,
  args: { blueprints: BLUEPRINTS },
} satisfies Meta<typeof BlueprintGallery>
export default meta

type Story = StoryObj<typeof meta>

export const All: Story = {}

export const Found: Story = {
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByRole('searchbox', { name: 'Search blueprints' }), 'newsletter')
    await expect(canvas.getAllByRole('article')).toHaveLength(1)
  },
}

export const NothingFound: Story = {
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByRole('searchbox', { name: 'Search blueprints' }), 'zzz')
    await userEvent.click(canvas.getByRole('button', { name: 'Show all blueprints' }))
    await expect(canvas.getAllByRole('article')).toHaveLength(BLUEPRINTS.length)
  },
}

export const Preview: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: BLUEPRINTS[0]?.title ?? '' }))
    const use = await screen.findByRole('link', { name: 'Use this blueprint' })
    await expect(use).toHaveAttribute('href', `/workflows/new?from=${BLUEPRINTS[0]?.id}`)
  },
}
