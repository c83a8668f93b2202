// npm run templates:generate
/**
 * Prompt frames measured on chat templates. What a template has no words for is missing. Calls and results are those of one call a
 * turn. The digest is of the template.
 */
import type { JsonLayout } from '../json.ts'

export interface TemplateFrame {
  readonly base: number
  readonly perMessage: number
  readonly perAssistant: number
  readonly perSystem?: number
  readonly perCall?: number
  readonly perArgument?: number
  readonly perResult?: number
  readonly withoutThinking?: number
  readonly tools?: {
    readonly layout: JsonLayout | 'markup'
    readonly base: number
    readonly perTool: number
    readonly withSystem?: number
  }
}

/** @huggingface/ollama-utils 0.0.18, library/llama3:8b, sha256 ba03a121d097859c7b5b9cd03af99aafe95275210d2876f642ad9929a150f122; counted with cl100k_base. */
export function llama3(): TemplateFrame {
  return {"base":5,"perMessage":5,"perAssistant":5,"perSystem":5}
}

/** @huggingface/ollama-utils 0.0.18, library/llama3.1:8b, sha256 e10ca381b1ccc5cf9db52e371f3b6651576caee0a630b452e2816b2d404d4b65; counted with cl100k_base. */
export function llama31(): TemplateFrame {
  return {"base":30,"perMessage":5,"perAssistant":5,"perSystem":0,"perCall":13,"perResult":7,"tools":{"layout":"indented","base":56,"perTool":0}}
}

/** @huggingface/ollama-utils 0.0.18, library/llama4:latest, sha256 01a91bfb2e84c8055bf7b635898fef3cae0b69e42ac5634c212d308e0e9091bd; counted with o200k_base. */
export function llama4(): TemplateFrame {
  return {"base":5,"perMessage":5,"perAssistant":5,"perSystem":5,"perCall":15,"perResult":8,"tools":{"layout":"indented","base":51,"perTool":0,"withSystem":5}}
}

/** @huggingface/ollama-utils 0.0.18, library/qwen2.5:0.5b, sha256 d5495a1e5db0611132a97e46a65dbb64a642a499421228b9c8b93229097fa9a4; counted with qwen3. */
export function qwen25(): TemplateFrame {
  return {"base":24,"perMessage":5,"perAssistant":5,"perSystem":-16,"perCall":20,"perResult":5,"tools":{"layout":"spaced","base":79,"perTool":10}}
}

/** @huggingface/ollama-utils 0.0.18, library/qwen3:0.6b, sha256 87a2728cb8dc9fe424d624542f6060ec05a1d285ebbec578bb078900e33396b5; counted with qwen3. */
export function qwen3(): TemplateFrame {
  return {"base":3,"perMessage":5,"perAssistant":5,"perSystem":5,"perCall":20,"perResult":5,"withoutThinking":4,"tools":{"layout":"spaced","base":82,"perTool":10,"withSystem":-5}}
}

/** @huggingface/ollama-utils 0.0.18, library/qwen3-coder:30b, sha256 672e747c77e990320152343b0a4951222e40de5645297905d89afba05586d827; counted with qwen3. */
export function qwen3Coder(): TemplateFrame {
  return {"base":3,"perMessage":5,"perAssistant":5,"perSystem":5,"perCall":19,"perArgument":4,"perResult":5,"tools":{"layout":"markup","base":205,"perTool":0,"withSystem":-24}}
}

/** @huggingface/ollama-utils 0.0.18, library/deepseek-v3:671b, sha256 3b8267e54b67df6500f231ffa969955cc9d26b3444a291ced4eb96ca7d3ca1ea; counted with deepseek_v3. */
export function deepseek(): TemplateFrame {
  return {"base":2,"perMessage":1,"perAssistant":2,"perSystem":0}
}

/** @huggingface/ollama-utils 0.0.18, library/deepseek-r1:8b, sha256 b6835114b7303ddd78919a82e4d9f7d8c26ed0d7dfc36beeb12d524f6144eab1; counted with cl100k_base. */
export function deepseekDistill(): TemplateFrame {
  return {"base":2,"perMessage":1,"perAssistant":2,"perSystem":0}
}

/** scripts/templates/mistral.jinja, sha256 b357dbb682b653dfd9f8d20e221c7584793f054b148a57fa94475bf94d3def13; counted with tekken. */
export function mistral(): TemplateFrame {
  return {"base":1,"perMessage":2,"perAssistant":1,"perSystem":2,"perCall":3,"perResult":2,"tools":{"layout":"spaced","base":3,"perTool":10}}
}

/** scripts/templates/mistral-v3.jinja, sha256 7bce65a52657a1af423c461e965f18278d1d6c064924d4a92f3c99fc65b02052; counted with mistral_v3; prompts with tools off by up to 1. */
export function mistralV3(): TemplateFrame {
  return {"base":1,"perMessage":2,"perAssistant":1,"perSystem":2,"perCall":23,"perResult":20,"tools":{"layout":"spaced","base":2,"perTool":11}}
}

/** @huggingface/ollama-utils 0.0.18, library/gemma3:1b, sha256 5437d0ad30bb8db69f45cd62c6e02d4269ee617ec9637c9650f8f04051bd9dbc; counted with o200k_base. */
export function gemma(): TemplateFrame {
  return {"base":4,"perMessage":5,"perAssistant":5,"perSystem":0}
}

/** @huggingface/ollama-utils 0.0.18, library/phi4:14b, sha256 a41fb8727c4f1e722e53cb1ea935038a1177b8bdf09387f3b048f9da5255ef3e; counted with cl100k_base. */
export function phi4(): TemplateFrame {
  return {"base":0,"perMessage":7,"perAssistant":1,"perSystem":4}
}
