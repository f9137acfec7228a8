import { describe, expect, it } from 'vitest'
import { flow, judgedAt } from '../validate-testkit.ts'

/** What is found in the message of an approval, which begins in the tenth line. */
function findings(message: string): readonly string[] {
  const form =
    'id: ask\ntype: form\nfields: [{key: name, type: string, required: true}, {key: n, type: int, required: true}]'
  const approval = `id: review\ntype: approval\napprovers: [a@x.example]\nmessage: ${message}`
  return judgedAt(flow(form, approval))
}

describe('what is wrong in a template is told at its token in the file', () => {
  it.each([
    ['plain', 'Hi {{ naem }}', 'warning variable.unknown 10:20 naem'],
    ['plain over several lines', 'Hi\n  you {{ naem }}', 'warning variable.unknown 11:14 naem'],
    ['in single quotes', "'It''s {{ naem }}'", 'warning variable.unknown 10:24 naem'],
    ['in double quotes', '"\\t\\u00e9 {{ naem }}"', 'warning variable.unknown 10:27 naem'],
    ['in a literal block', '|\n  Hi\n\n    {{ name }} {{ naem }}\n  Bye', 'warning variable.unknown 13:23 naem'],
    [
      'in a stripped block with its own indentation',
      '|2-\n    Hi\n  {{ naem }}',
      'warning variable.unknown 12:10 naem',
    ],
    ['in a folded block', '>-\n  Hi\n  you\n\n  {{ naem }}', 'warning variable.unknown 14:10 naem'],
    ['behind characters of two units', '|\n  🚀 {{ naem }}', 'warning variable.unknown 11:13 naem'],
    [
      'in a tag over several lines',
      '|\n  {% if name and\n      naem %}a{% endif %}',
      'warning variable.unknown 12:11 naem',
    ],
    ['in a loop', '|\n  {% for c in name %}\n  {{ c }}{{ d }}{% endfor %}', 'warning variable.unknown 12:17 d'],
    ['of a filter', '|\n  Hi\n  {{ name | uper }}', 'error expression.unknown_function 12:17 uper'],
    ['of a block that is not closed', '|\n  Hi\n  {% if name %}a', 'error template.syntax 12:7 {% if'],
    ['of a tag there is not', '>\n  Hi\n  {% include "x" %}', 'error template.syntax 12:7 {% include'],
    ['of braces that are not closed', '|\n  Hi\n  {{ name', 'error template.syntax 12:7 {{'],
    ['of types', '|\n  Hi\n  {{ n + name }}', 'error type.mismatch 12:14 name'],
  ])('%s', (_, message, expected) => {
    expect(findings(message)).toEqual([expected])
  })
})
