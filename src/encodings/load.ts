import { describe, TokenfareError } from '../errors.ts'
import type { Encoding, EncodingName } from '../tokenizer/types.ts'

type EncodingModule = () => Promise<{ readonly default: Encoding }>

/** One dynamic import per vocabulary, so that a bundler keeps each in a file of its own. */
const modules: Readonly<Record<EncodingName, EncodingModule>> = {
  o200k_base: () => import('./o200k_base.ts'),
  o200k_harmony: () => import('./o200k_harmony.ts'),
  cl100k_base: () => import('./cl100k_base.ts'),
  p50k_base: () => import('./p50k_base.ts'),
  p50k_edit: () => import('./p50k_edit.ts'),
  r50k_base: () => import('./r50k_base.ts'),
  gpt2: () => import('./gpt2.ts'),
  qwen3: () => import('./qwen3.ts'),
  deepseek_v3: () => import('./deepseek_v3.ts'),
  tekken: () => import('./tekken.ts'),
  mistral_v3: () => import('./mistral_v3.ts'),
  claude_legacy: () => import('./claude_legacy.ts'),
  phi4: () => import('./phi4.ts'),
}

/** Loads a vocabulary by name. @throws TokenfareError `missing-encoding` for a name that does not ship. */
export async function loadEncoding(name: EncodingName): Promise<Encoding> {
  // A name may come from a user's JavaScript, where it can be anything.
  if (!Object.hasOwn(modules, name)) {
    const known = Object.keys(modules).join(', ')
    throw new TokenfareError('missing-encoding', `no encoding is called ${describe(name)}; there are ${known}`)
  }
  return (await modules[name]()).default
}
