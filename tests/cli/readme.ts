/** The sessions that README.md shows. */
import { defaultTable } from '../../src/pricing/builtin.ts'
import { session } from './session.ts'

/** A session as the README shows it, on the day of the price table, so that time alone never changes it. */
export async function consoleSession(command: string): Promise<string> {
  const { out } = await session(command.split(' '), { clock: () => Date.parse(defaultTable().asOf) })
  return `\n\`\`\`console\n$ tokenfare ${command}\n${out}\`\`\`\n`
}
