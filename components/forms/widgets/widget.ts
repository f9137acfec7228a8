import type { ChangeEventHandler, FocusEventHandler, RefCallback } from 'react'
import type { ControlProps } from '#components/ui/field.tsx'
import type { Json } from '#lib/json.ts'
import type { Field } from '#lib/workflow/definition.ts'

/** What ties a control to the form's state; without scripts only the name counts. */
export interface Binding {
  readonly name: string
  readonly ref?: RefCallback<HTMLElement>
  readonly onChange?: ChangeEventHandler<HTMLElement>
  readonly onBlur?: FocusEventHandler<HTMLElement>
}

export interface WidgetProps {
  readonly field: Field
  /** What stands in it at first. */
  readonly value: Json | undefined
  readonly error: string | undefined
  readonly help: string | undefined
  readonly id: string
  readonly bind: Binding
  /** Ids of label, help and error, from the field around it. */
  readonly control: ControlProps
}
