/** Slugs of sellers and the other names under which SDKs and catalogues know them. */
import type { PriceTable } from './table.ts'

/** Other names of sellers, as SDKs, gateways and other catalogues spell them. */
const sellerAliases: ReadonlyMap<string, string> = new Map([
  ['aws', 'amazon-bedrock'],
  ['bedrock', 'amazon-bedrock'],
  ['bedrock_converse', 'amazon-bedrock'],
  ['aws-bedrock', 'amazon-bedrock'],
  ['azure-openai', 'azure'],
  ['azure_ai', 'azure'],
  ['azure_openai', 'azure'],
  ['gemini', 'google'],
  ['google-ai-studio', 'google'],
  ['google_genai', 'google'],
  ['vertex', 'google-vertex'],
  ['vertex_ai', 'google-vertex'],
  ['vertexai', 'google-vertex'],
  ['google_vertexai', 'google-vertex'],
  ['google-vertex-anthropic', 'google-vertex'],
  ['together_ai', 'together'],
  ['together-ai', 'together'],
  ['togetherai', 'together'],
  ['fireworks_ai', 'fireworks'],
  ['fireworks-ai', 'fireworks'],
  ['mistralai', 'mistral'],
  ['x-ai', 'xai'],
  ['cohere_chat', 'cohere'],
  ['moonshot', 'moonshotai'],
  ['dashscope', 'alibaba'],
  ['qwen', 'alibaba'],
  ['z-ai', 'zai'],
  ['voyage', 'voyageai'],
  ['vercel', 'vercel-ai-gateway'],
  ['workers-ai', 'cloudflare'],
  ['meta-llama', 'meta'],
])

/** The slug of a seller under any of its known names; some catalogues write slugs with underscores. */
export function sellerSlug(table: PriceTable, name: string): string | undefined {
  if (table.kindOf(name) !== undefined) return name
  const slug = sellerAliases.get(name) ?? name.replaceAll('_', '-')
  return slug !== undefined && table.kindOf(slug) !== undefined ? slug : undefined
}
