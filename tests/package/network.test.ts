import { beforeAll, describe, expect, it } from 'vitest'
import { type Installed, install, runNode, subpaths } from './installed.ts'

let installed: Installed
beforeAll(() => {
  installed = install()
})

/** Every way out of the process, made to note the attempt and throw, before anything of the package is loaded. */
const sealed = `
import { createRequire, syncBuiltinESMExports } from 'node:module'
const require = createRequire(import.meta.url)
const attempts = []
const seal = (owner, name, what) => {
  if (typeof owner[name] !== 'function') return
  owner[name] = (...args) => { attempts.push(what); throw new Error('network: ' + what) }
}
const exits = {
  net: ['connect', 'createConnection'], tls: ['connect'], dgram: ['createSocket'], dns: ['lookup', 'resolve', 'resolve4', 'resolve6'],
  http: ['request', 'get'], https: ['request', 'get'], http2: ['connect'], child_process: ['spawn', 'exec', 'execFile', 'fork', 'spawnSync', 'execFileSync'],
}
for (const [module, names] of Object.entries(exits)) {
  const own = require('node:' + module)
  for (const name of names) seal(own, name, module + '.' + name)
}
seal(require('node:net').Socket.prototype, 'connect', 'Socket.connect')
for (const name of ['lookup', 'resolve']) seal(require('node:dns').promises, name, 'dns.promises.' + name)
for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']) {
  globalThis[name] = () => { attempts.push(name); throw new Error('network: ' + name) }
}
syncBuiltinESMExports()
`

describe('row 32: the network at import', () => {
  const importAll = subpaths
    .filter((path) => !path.endsWith('.json'))
    .map((path) => `await import(${JSON.stringify(path)})`)
    .join('\n')
  const use = `
const { calcCost, estimateCost, getPrice } = await import('tokenfare')
calcCost({ inputTokens: 1, outputTokens: 1 }, 'gpt-5-mini')
getPrice('claude-sonnet-5')
await estimateCost('hello', { model: 'gpt-5-mini' })`
  const report = 'await new Promise((resolve) => setTimeout(resolve, 100))\nconsole.log(JSON.stringify(attempts))'

  it('0 attempts while every subpath is imported, a price looked up and a call estimated', () => {
    const out = runNode(installed.folder, 'sealed.mjs', [sealed, importAll, use, report].join('\n'))
    expect(JSON.parse(out)).toEqual([])
  })

  it('the seal holds: an attempt is seen', () => {
    const attempts = ["fetch('https://tokenfare.example').catch?.(() => {})", "(await import('node:net')).connect(1)"]
    const tries = attempts.map((code) => `try { ${code} } catch {}`)
    const out = runNode(installed.folder, 'leaky.mjs', [sealed, ...tries, report].join('\n'))
    expect(JSON.parse(out)).toEqual(['fetch', 'net.connect'])
  })

  it('no right is needed but to read files', () => {
    const flags = ['--experimental-permission', '--allow-fs-read=*', '--no-warnings']
    const out = runNode(installed.folder, 'bare.mjs', `${importAll}\n${use}\nconsole.log('done')`, flags)
    expect(out).toBe('done\n')
  })
})
