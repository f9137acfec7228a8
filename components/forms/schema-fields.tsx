import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, FieldError } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { Json } from '#lib/json.ts'
import type { Field as FormField } from '#lib/workflow/definition.ts'
import { boundsHelp, inputHints } from './field-hints.ts'
import { controlText, isChosen, textOf } from './form-record.ts'
import { ChoiceList, EnumWidget, isChoiceList } from './widgets/choice.tsx'
import { LongText } from './widgets/long-text.tsx'
import type { Binding, WidgetProps } from './widgets/widget.ts'

export interface SchemaFieldsProps {
  readonly fields: readonly FormField[]
  readonly values: Readonly<Record<string, Json | undefined>>
  /** By field key. */
  readonly errors: Readonly<Record<string, string>>
  /** Makes ids unique on a page with more than one form. */
  readonly prefix: string
  readonly bind: (key: string) => Binding
}

/** The controls of a schema-driven form. Whoever renders it owns the form element and what happens on submit. */
export function SchemaFields({ fields, values, errors, prefix, bind }: SchemaFieldsProps) {
  return (
    <div className="grid gap-5">
      {fields
        .filter((field) => field.type !== 'hidden')
        .map((field) => (
          <SchemaField
            key={field.key}
            field={field}
            id={fieldId(prefix, field.key)}
            value={values[field.key]}
            error={errors[field.key]}
            bind={bind(field.key)}
          />
        ))}
    </div>
  )
}

/** The id of a field's (first) control: what an error summary links to. */
export function fieldId(prefix: string, key: string): string {
  return `${prefix}-${key}`
}

type SchemaFieldProps = Pick<WidgetProps, 'field' | 'id' | 'value' | 'error' | 'bind'>

function SchemaField({ field, id, value, error, bind }: SchemaFieldProps) {
  const help = field.help ?? boundsHelp(field)
  const widget = { field, id, value, error, help, bind, control: { id } }
  if (field.type === 'boolean') return <BooleanField {...widget} />
  if (field.type === 'array' && field.options) return <ChoiceList {...widget} kind="checkbox" />
  if (field.type === 'enum' && isChoiceList(field.options)) return <EnumWidget {...widget} />
  return (
    <Field id={id} label={field.label} help={help} error={error} optional={!field.required}>
      {(control) => <TextLike {...widget} control={control} />}
    </Field>
  )
}

function TextLike(props: WidgetProps) {
  const { field, value, bind, control } = props
  if (field.type === 'enum') return <EnumWidget {...props} />
  if (field.multiline || field.type === 'array') {
    return (
      <LongText
        {...control}
        {...bind}
        dir="auto"
        rows={field.type === 'array' ? 3 : 5}
        placeholder={field.placeholder}
        defaultValue={textOf(value)}
        aria-required={field.required || undefined}
        most={field.type === 'string' ? field.maximum : undefined}
      />
    )
  }
  return (
    <Input
      {...control}
      {...bind}
      {...inputHints(field)}
      placeholder={field.placeholder}
      defaultValue={controlText(field, value)}
      aria-required={field.required || undefined}
      dir={field.type === 'string' ? 'auto' : undefined}
      className={WIDTHS[field.type]}
      tall
    />
  )
}

/** As wide as an answer is long: the size of a control says what is expected in it. */
const WIDTHS: Partial<Record<FormField['type'], string>> = {
  number: 'sm:max-w-40',
  integer: 'sm:max-w-40',
  date: 'sm:max-w-48',
  time: 'sm:max-w-40',
  datetime: 'sm:max-w-64',
}

function BooleanField({ field, id, value, error, help, bind }: WidgetProps) {
  const described = [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(' ')
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="flex min-h-10 items-center gap-2.5 text-base sm:min-h-8 sm:text-sm">
        <Checkbox
          id={id}
          value="true"
          defaultChecked={isChosen(value, true) || value === 'on'}
          {...bind}
          aria-describedby={described || undefined}
          {...(error ? { 'aria-invalid': true } : {})}
        />
        <span className="font-medium">{field.label}</span>
      </label>
      {help && (
        <p id={`${id}-help`} className="ps-6.5 text-[0.8125rem] text-ink-muted">
          {help}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}
