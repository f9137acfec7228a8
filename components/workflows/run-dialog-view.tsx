'use client'
import { FieldsForm } from '#components/forms/fields-form.tsx'
import type { Problem } from '#components/forms/problems.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { WorkflowInputs, WorkflowVersionRow } from '#lib/contracts/workflows.ts'
import type { JsonObject } from '#lib/json.ts'
import { FreeInputs } from './run-dialog-json.tsx'
import { MissingSettings, RunButtons, VersionChoice } from './run-dialog-parts.tsx'

export interface RunDialogViewProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly name: string
  /** null: the workflow declares none, any JSON object is accepted; undefined while the version is fetched. */
  readonly inputs: WorkflowInputs | null | undefined
  /** What stands in the fields at first, in place of defaults: of an earlier run, or of an address. */
  readonly prefill: JsonObject
  /** The newest first; fewer than two leave no choice. */
  readonly versions: readonly WorkflowVersionRow[]
  readonly version: number
  readonly onVersion: (version: number) => void
  /** What has to be configured first: `secrets.CMS_KEY`. */
  readonly missing: readonly string[]
  readonly pending: boolean
  readonly error: string | null
  readonly problems: readonly Problem[]
  readonly onStart: (inputs: JsonObject) => void
}

/** What a run begins with: the fields that the workflow declares, else JSON; and all that keeps it from beginning. */
export function RunDialogView(props: RunDialogViewProps) {
  const { open, onOpenChange, name, inputs, versions, version, onVersion, missing, error } = props
  const fields = inputs && inputs.fields.length > 0
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Run “${name}”`}
      description={
        inputs === undefined
          ? undefined
          : fields
            ? 'It begins with what you enter here.'
            : 'It needs no inputs to begin.'
      }
    >
      <div className="grid gap-4">
        {missing.length > 0 && <MissingSettings missing={missing} />}
        {error && <Notice tone="bad">{error}</Notice>}
        {versions.length > 1 && <VersionChoice versions={versions} version={version} onVersion={onVersion} />}
        {inputs === undefined && <SkeletonRows rows={3} label="Loading what it asks for" />}
        {inputs && <InputsForm key={version} {...props} inputs={inputs} />}
        {inputs === null && <FreeInputs key={version} {...props} />}
      </div>
    </Dialog>
  )
}

function InputsForm(props: RunDialogViewProps & { readonly inputs: WorkflowInputs }) {
  const { inputs, prefill, problems, pending, missing, onStart, onOpenChange } = props
  return (
    <FieldsForm {...inputs} values={prefill} problems={problems} onSubmit={onStart}>
      <RunButtons pending={pending} blocked={missing.length > 0} onCancel={() => onOpenChange(false)} />
    </FieldsForm>
  )
}
