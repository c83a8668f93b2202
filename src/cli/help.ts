/** Help texts, made from the descriptions of the commands. */
import { stylesFor, table, wrapped } from '../report/table.ts'
import type { Command } from './command.ts'

const WIDTH = 80

export function generalHelp(commands: readonly Command[], color: boolean): string {
  const styles = stylesFor(color)
  return [
    'tokenfare: what a call to a language model will cost, known before it is made',
    '',
    styles.strong('Usage'),
    '  tokenfare COMMAND [ARGUMENTS]',
    '',
    styles.strong('Commands'),
    ...table(
      [{ title: '' }, { title: '' }],
      commands.map(({ name, summary }) => [name, summary]),
      WIDTH - 2,
      styles,
    ).map((line) => `  ${line}`),
    '',
    '  tokenfare COMMAND --help explains one; --version shows the version.',
    '',
    styles.strong('Exit status'),
    '  0 ok   1 over a limit that was asked for   2 usage',
    '  3 unknown model or price   4 input unreadable   70 a fault of the program',
    '',
  ].join('\n')
}

export function commandHelp(command: Command, color: boolean): string {
  const styles = stylesFor(color)
  return [
    styles.strong('Usage'),
    `  tokenfare ${command.name} ${command.usage} [OPTIONS]`,
    '',
    ...wrapped(command.description, WIDTH, ''),
    '',
    styles.strong('Options'),
    ...optionLines(command),
    '',
    styles.strong('Examples'),
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n')
}

const OPTION_COLUMNS = 26

function optionLines({ options }: Command): string[] {
  return Object.entries(options).flatMap(([name, { short, value, help }]) => {
    const label = `  ${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` ${value}`}`
    const [first = '', ...rest] = wrapped(help, WIDTH - OPTION_COLUMNS, '')
    return [label.padEnd(OPTION_COLUMNS) + first, ...rest.map((line) => ' '.repeat(OPTION_COLUMNS) + line)]
  })
}
