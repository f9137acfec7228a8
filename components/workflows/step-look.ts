import {
  Box,
  Braces,
  CircleCheck,
  FileText,
  GitBranch,
  Globe,
  type LucideIcon,
  Repeat,
  Sparkles,
  Split,
  Timer,
  Workflow,
} from 'lucide-react'

interface StepLook {
  readonly icon: LucideIcon
  readonly label: string
}

const LOOKS: Readonly<Record<string, StepLook>> = {
  form: { icon: FileText, label: 'Form' },
  ai_generate: { icon: Sparkles, label: 'AI' },
  conditional: { icon: GitBranch, label: 'Condition' },
  api_call: { icon: Globe, label: 'HTTP call' },
  approval: { icon: CircleCheck, label: 'Approval' },
  set: { icon: Braces, label: 'Set' },
  delay: { icon: Timer, label: 'Delay' },
  workflow: { icon: Workflow, label: 'Workflow' },
  parallel: { icon: Split, label: 'Side by side' },
  for_each: { icon: Repeat, label: 'For each' },
}

/** How a step type is drawn; a type that has no picture of its own gets a plain box and its own name. */
export function stepLook(type: string): StepLook {
  return (Object.hasOwn(LOOKS, type) ? LOOKS[type] : undefined) ?? { icon: Box, label: type }
}
