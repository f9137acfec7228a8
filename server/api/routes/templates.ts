import {
  CreateTemplate,
  ListTemplates,
  Template,
  TemplateList,
  TemplateParams,
  TemplateQuery,
  UpdateTemplateBody,
} from '#lib/contracts/templates.ts'
import { createTemplate as create } from '#server/services/templates/create.ts'
import { getTemplate as get } from '#server/services/templates/get.ts'
import { listTemplates as list } from '#server/services/templates/list.ts'
import { updateTemplate as update } from '#server/services/templates/update.ts'
import { endpoint } from '../endpoint.ts'

export const listTemplates = endpoint({
  id: 'listTemplates',
  method: 'GET',
  path: '/templates',
  tag: 'templates',
  summary: 'The stored prompts',
  access: 'template:read',
  query: ListTemplates,
  status: 200,
  response: TemplateList,
  run: ({ ctx, query }) => list({ ctx, input: query }),
})

export const createTemplate = endpoint({
  id: 'createTemplate',
  method: 'POST',
  path: '/templates',
  tag: 'templates',
  summary: 'Store a prompt',
  access: 'template:write',
  body: CreateTemplate,
  status: 201,
  response: Template,
  errors: ['template.exists'],
  async run({ ctx, body, reply }) {
    const template = await create({ ctx, input: body })
    reply.header('Location', `/api/v1/templates/${encodeURIComponent(template.id)}`)
    return template
  },
})

export const getTemplate = endpoint({
  id: 'getTemplate',
  method: 'GET',
  path: '/templates/{id}',
  tag: 'templates',
  summary: 'One stored prompt, with all its versions',
  access: 'template:read',
  params: TemplateParams,
  query: TemplateQuery,
  status: 200,
  response: Template,
  errors: ['template.not_found'],
  run: ({ ctx, params, query }) => get({ ctx, input: { ...params, ...query } }),
})

export const updateTemplate = endpoint({
  id: 'updateTemplate',
  method: 'PUT',
  path: '/templates/{id}',
  tag: 'templates',
  summary: 'Save a new version of a stored prompt',
  description: 'Older versions stay: runs in flight and workflows that name a version keep theirs.',
  access: 'template:write',
  params: TemplateParams,
  body: UpdateTemplateBody,
  status: 200,
  response: Template,
  errors: ['template.not_found'],
  run: ({ ctx, params, body }) => update({ ctx, input: { ...params, ...body } }),
})
