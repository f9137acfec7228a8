export const RUN_TABS = ['steps', 'context', 'events'] as const
export type RunTab = (typeof RUN_TABS)[number]
