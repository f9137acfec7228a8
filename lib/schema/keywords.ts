/**
 * The subset of JSON Schema 2020-12 that Scaff accepts: each keyword with the kind of value it takes. What is not here is
 * refused, so nothing in a schema is silently ignored and nothing unforeseen reaches a compiler.
 */
export type KeywordKind =
  | 'schema'
  | 'schemas'
  | 'schema_map'
  | 'pattern_map'
  | 'count'
  | 'number'
  | 'positive'
  | 'boolean'
  | 'text'
  | 'texts'
  | 'texts_map'
  | 'pattern'
  | 'format'
  | 'type'
  | 'values'
  | 'any'
  | 'ref'
  | 'anchor'
  | 'dialect'
  | 'id'

export const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

/** What well-known tools write into schemas for editors, forms and generators. None of it says what a value must be. */
const NOTES = [
  // Visual Studio Code and the JSON language server
  ...['markdownDescription', 'enumDescriptions', 'markdownEnumDescriptions', 'enumItemLabels', 'deprecationMessage'],
  ...['markdownDeprecationMessage', 'defaultSnippets', 'doNotSuggest', 'suggestSortText', 'patternErrorMessage'],
  ...['errorMessage', 'allowComments', 'allowTrailingCommas', 'editPresentation', 'order', 'scope', 'tags'],
  // OpenAPI
  ...['xml', 'externalDocs'],
  // Generators of types
  ...['tsType', 'tsEnumNames', 'enumNames', 'javaType', 'propertyOrder'],
  // Angular CLI and Nx
  ...[
    'cli',
    '$default',
    'alias',
    'aliases',
    'examplesFile',
    'version',
    'outputCapture',
    'hidden',
    'visible',
    'continuous',
  ],
  ...['presets', 'link', 'added'],
] as const

export const KEYWORDS: ReadonlyMap<string, KeywordKind> = new Map<string, KeywordKind>([
  ['$schema', 'dialect'],
  ['$id', 'id'],
  ['$ref', 'ref'],
  ['$anchor', 'anchor'],
  ['$defs', 'schema_map'],
  ['definitions', 'schema_map'],
  ['$comment', 'text'],

  ['allOf', 'schemas'],
  ['anyOf', 'schemas'],
  ['oneOf', 'schemas'],
  ['not', 'schema'],
  ['if', 'schema'],
  ['then', 'schema'],
  ['else', 'schema'],
  ['dependentSchemas', 'schema_map'],

  ['properties', 'schema_map'],
  ['patternProperties', 'pattern_map'],
  ['additionalProperties', 'schema'],
  ['unevaluatedProperties', 'schema'],
  ['propertyNames', 'schema'],
  ['prefixItems', 'schemas'],
  ['items', 'schema'],
  ['contains', 'schema'],
  ['unevaluatedItems', 'schema'],

  ['type', 'type'],
  ['enum', 'values'],
  ['const', 'any'],
  ['multipleOf', 'positive'],
  ['minimum', 'number'],
  ['maximum', 'number'],
  ['exclusiveMinimum', 'number'],
  ['exclusiveMaximum', 'number'],
  ['minLength', 'count'],
  ['maxLength', 'count'],
  ['pattern', 'pattern'],
  ['format', 'format'],
  ['minItems', 'count'],
  ['maxItems', 'count'],
  ['uniqueItems', 'boolean'],
  ['minContains', 'count'],
  ['maxContains', 'count'],
  ['minProperties', 'count'],
  ['maxProperties', 'count'],
  ['required', 'texts'],
  ['dependentRequired', 'texts_map'],

  ['title', 'text'],
  ['description', 'text'],
  ['default', 'any'],
  ['examples', 'any'],
  ['example', 'any'],
  ['deprecated', 'boolean'],
  ['readOnly', 'boolean'],
  ['writeOnly', 'boolean'],
  ['contentEncoding', 'text'],
  ['contentMediaType', 'text'],
  ...NOTES.map((name) => [name, 'any'] as const),
])

export const TYPES: readonly string[] = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']

/** What people write out of habit from other dialects, and what to write instead. */
export const HINTS: ReadonlyMap<string, string> = new Map([
  ['nullable', 'Write type: [string, "null"] instead.'],
  ['id', 'Remove it: nothing refers to it.'],
  ['additionalItems', 'Use prefixItems with items instead.'],
  ['dependencies', 'Use dependentRequired or dependentSchemas instead.'],
  ['divisibleBy', 'Use multipleOf instead.'],
  ['discriminator', 'Give each form in oneOf a property with a const instead.'],
  ['$async', 'Remove it: checks are always finished before the step goes on.'],
  ['$data', 'Write the value itself: data must not choose what it is checked against.'],
  ['$dynamicRef', 'Use $ref with a place in $defs instead.'],
  ['$dynamicAnchor', 'Use $anchor or a place in $defs instead.'],
  ['$recursiveRef', 'Use $ref: "#" instead.'],
  ['$recursiveAnchor', 'Use $ref: "#" instead.'],
  ['$vocabulary', 'Remove it: it belongs to meta-schemas.'],
  ['contentSchema', 'Remove it: text is not checked for what it contains.'],
])
