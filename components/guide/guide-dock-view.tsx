import { GuideDockLine } from './guide-dock-line.tsx'
import { GuideDockPanel } from './guide-dock-panel.tsx'
import type { GuideDockViewProps } from './guide-dock-props.ts'

/**
 * The step at hand, small: in the sidebar, and as one line at the bottom of narrow screens. There pages leave room for it,
 * `--shell-bottom` high, so that it never lies on what they show.
 */
export function GuideDockView(props: GuideDockViewProps) {
  return (
    <section
      aria-label="Tour"
      data-guide-dock
      className="fixed inset-x-0 bottom-0 z-30 border-t bg-surface lg:static lg:rounded-lg lg:border lg:shadow-raised"
    >
      <div className="p-3 max-lg:hidden">
        <GuideDockPanel {...props} />
      </div>
      <div className="lg:hidden">
        <GuideDockLine {...props} key={props.tour.step} />
      </div>
    </section>
  )
}
