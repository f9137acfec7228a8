export const WORKFLOW_TABS = ['overview', 'yaml', 'versions'] as const
export type WorkflowTab = (typeof WORKFLOW_TABS)[number]
