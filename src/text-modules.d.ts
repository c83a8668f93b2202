/** A packed vocabulary from `vocab/`, inlined as a string by the bundler's text loader. */
declare module '*.vocab.txt' {
  const packed: string
  export default packed
}
