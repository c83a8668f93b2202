/** Renders a conversation by a chat template and counts the prompt as a server does: control tokens one each, the rest as text. */
import { Template } from '@huggingface/jinja'
import { commonControl, type LoadedTemplate } from './sources.ts'

export interface Tool {
  readonly name: string
  readonly description?: string
  readonly parameters: object
}

export interface Turn {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly content: string
  readonly calls?: readonly { readonly name: string; readonly arguments: object }[]
}

export interface Settings {
  readonly tools?: readonly Tool[]
  /** Whether the prompt ends with the opening of the reply. */
  readonly opening: boolean
  readonly thinking?: false
}

export type CountText = (text: string) => number
/** Tokens of the rendered prompt; `undefined` when the template refuses the conversation. */
export type PromptTokens = (turns: readonly Turn[], settings: Settings) => number | undefined

export function promptCounter(source: LoadedTemplate, count: CountText): PromptTokens {
  const [from, to] = source.rewritten ?? ['', '']
  if (!source.text.includes(from)) throw new Error(`${source.name}: the template no longer has what is to be rewritten`)
  const template = new Template(source.text.replace(from, to))
  const control = new RegExp(
    [commonControl, ...(source.control === undefined ? [] : [source.control])].map((one) => one.source).join('|'),
    'g',
  )
  return (turns, { tools, opening, thinking }) => {
    const values = {
      bos_token: source.bos,
      eos_token: source.eos,
      add_generation_prompt: opening,
      ...(tools === undefined ? {} : { tools: tools.map(toolOf) }),
      ...(thinking === undefined ? {} : { enable_thinking: thinking }),
    }
    const messages = turns.map(messageOf)
    const prompt =
      rendered(template, { ...values, messages }) ?? rendered(template, { ...values, messages: messages.map(inParts) })
    if (prompt === undefined) return undefined
    const controls = prompt.match(control)?.length ?? 0
    return prompt.split(control).reduce((sum, text) => sum + (text === '' ? 0 : count(text)), controls)
  }
}

function rendered(template: Template, values: Record<string, unknown>): string | undefined {
  try {
    return template.render(values)
  } catch {
    return undefined
  }
}

/** Templates of models that see pictures may want a list of parts. */
function inParts(message: Message): object {
  return { ...message, content: [{ type: 'text', text: message.content }] }
}

interface Message {
  readonly role: string
  readonly content: string
  readonly tool_call_id?: string
  readonly tool_calls?: readonly object[]
}

/** Ids of nine characters: some templates refuse others. */
function messageOf({ role, content, calls }: Turn): Message {
  const message = { role, content }
  if (role === 'tool') return { ...message, tool_call_id: 'call00001' }
  if (calls === undefined) return message
  const toolCalls = calls.map((call, index) => ({ id: `call0000${index + 1}`, type: 'function', function: call }))
  return { ...message, tool_calls: toolCalls }
}

/** Fields in the order in which requests have them. */
export function toolOf({ name, description, parameters }: Tool): object {
  return {
    type: 'function',
    function: { name, ...(description === undefined ? {} : { description }), parameters },
  }
}
