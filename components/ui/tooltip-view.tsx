'use client'
import { Portal } from 'radix-ui'
import { Popper } from 'radix-ui/internal'
import { useMemo } from 'react'
import { Kbd } from './kbd.tsx'
import type { TooltipProps } from './tooltip.tsx'

interface TooltipViewProps extends Omit<TooltipProps, 'children'> {
  readonly id: string
  readonly anchor: Element
  readonly onEnter: () => void
  readonly onLeave: () => void
}

export function TooltipView({ id, text, keys, side, anchor, onEnter, onLeave }: TooltipViewProps) {
  const virtualRef = useMemo(() => ({ current: anchor }), [anchor])
  return (
    <Popper.Root>
      <Popper.Anchor virtualRef={virtualRef} />
      <Portal.Root>
        <Popper.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onPointerEnter={onEnter}
          onPointerLeave={onLeave}
          className="z-50"
        >
          <span
            role="tooltip"
            id={id}
            className="motion-fade flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-float"
          >
            {text}
            {keys && <Kbd keys={keys} className="opacity-90" />}
          </span>
        </Popper.Content>
      </Portal.Root>
    </Popper.Root>
  )
}
