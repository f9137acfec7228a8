export const WORKFLOW_TABS = ['steps', 'yaml', 'versions'] as const
export type WorkflowTab = (typeof WORKFLOW_TABS)[number]
