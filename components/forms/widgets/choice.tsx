import { Checkbox, Radio } from '#components/ui/checkbox.tsx'
import { FieldError } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import type { FieldOption } from '#lib/workflow/definition.ts'
import { isChosen } from '../form-record.ts'
import type { WidgetProps } from './widget.ts'

/** Up to this many options are all shown; more go into a select. */
const SHOWN_AT_ONCE = 5

export function EnumWidget(props: WidgetProps) {
  const { field, value, bind, control } = props
  const options = field.options ?? []
  if (options.length <= SHOWN_AT_ONCE) return <ChoiceList {...props} kind="radio" />
  return (
    <Select {...control} {...bind} defaultValue={value === undefined || value === null ? '' : String(value)}>
      <option value="">{field.required ? 'Choose…' : 'No answer'}</option>
      {options.map((option) => (
        <option key={String(option.value)} value={String(option.value)}>
          {option.label}
        </option>
      ))}
    </Select>
  )
}

export function isChoiceList(options: readonly FieldOption[] | undefined): boolean {
  return options !== undefined && options.length <= SHOWN_AT_ONCE
}

/** A fieldset of options. It brings its own legend, help and error, because a label can name only one control. */
export function ChoiceList({
  field,
  value,
  error,
  help,
  bind,
  id,
  kind,
}: WidgetProps & { kind: 'radio' | 'checkbox' }) {
  const Box = kind === 'radio' ? Radio : Checkbox
  const described = [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(' ')
  return (
    <fieldset aria-describedby={described || undefined} className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">
        {field.label}
        {!field.required && <span className="ms-1.5 font-normal text-ink-subtle">optional</span>}
      </legend>
      {help && (
        <p id={`${id}-help`} className="-mt-1 text-[0.8125rem] text-ink-muted">
          {help}
        </p>
      )}
      <div className="grid gap-0.5">
        {(field.options ?? []).map((option, i) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the box is inside
          <label
            key={String(option.value)}
            className="flex min-h-10 cursor-pointer items-center gap-2.5 rounded-md px-2 -mx-2 text-base transition-colors hover:bg-hover sm:min-h-8 sm:text-sm"
          >
            <Box
              id={i === 0 ? id : undefined}
              value={String(option.value)}
              defaultChecked={isChosen(value, option.value)}
              {...bind}
              {...(error ? { 'aria-invalid': true } : {})}
            />
            <span className="min-w-0">{option.label}</span>
          </label>
        ))}
      </div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  )
}
