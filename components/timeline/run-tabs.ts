export const RUN_TABS = ['timeline', 'graph', 'context', 'events'] as const
export type RunTab = (typeof RUN_TABS)[number]
