import { describe, expect, it } from 'vitest'
import { flow, judgedAt } from '../validate-testkit.ts'

const AT = 'message: '

/** The findings in a message of an approval; the prompt is written as the author may. */
function findings(message: string): readonly string[] {
  const form =
    'id: ask\ntype: form\nfields: [{key: name, type: string, required: true}, {key: n, type: int, required: true}]'
  const approval = `id: review\ntype: approval\napprovers: [a@x.example]\n${AT}${message}`
  return judgedAt(flow(form, approval)).filter((line) => !line.startsWith('warning'))
}

describe('what is wrong in a template is told at its token in the file', () => {
  it.each([
    ['plain', 'Hi {{ naem }}', 'expression.unknown_variable 10:20 naem'],
    ['plain over several lines', 'Hi\n  you {{ naem }}', 'expression.unknown_variable 11:14 naem'],
    ['in single quotes', "'It''s {{ naem }}'", 'expression.unknown_variable 10:24 naem'],
    ['in double quotes', '"\\t\\u00e9 {{ naem }}"', 'expression.unknown_variable 10:26 naem'],
    ['in a literal block', '|\n  Hi\n\n    {{ name }} {{ naem }}\n  Bye', 'expression.unknown_variable 13:23 naem'],
    [
      'in a stripped block with its own indentation',
      '|2-\n    Hi\n  {{ naem }}',
      'expression.unknown_variable 12:10 naem',
    ],
    ['in a folded block', '>-\n  Hi\n  you\n\n  {{ naem }}', 'expression.unknown_variable 14:10 naem'],
    ['behind characters of two units', '|\n  🚀 {{ naem }}', 'expression.unknown_variable 11:13 naem'],
    [
      'in a tag over several lines',
      '|\n  {% if name and\n      naem %}a{% endif %}',
      'expression.unknown_variable 12:11 naem',
    ],
    ['in a loop', '|\n  {% for c in name %}\n  {{ c }}{{ d }}{% endfor %}', 'expression.unknown_variable 12:17 d'],
    ['of a filter', '|\n  Hi\n  {{ name | uper }}', 'expression.unknown_function 12:17 uper'],
    ['of a block that is not closed', '|\n  Hi\n  {% if name %}a', 'template.syntax 12:7 {% if'],
    ['of a tag there is not', '>\n  Hi\n  {% include "x" %}', 'template.syntax 12:7 {% include'],
    ['of braces that are not closed', '|\n  Hi\n  {{ name', 'template.syntax 12:7 {{'],
    ['of types', '|\n  Hi\n  {{ n + name }}', 'type.mismatch 12:14 name'],
  ])('%s', (_, message, expected) => {
    expect(findings(message)).toEqual([`error ${expected}`])
  })
})
