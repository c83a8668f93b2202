/** The lines of a packed vocabulary from `vocab/`, inlined by the build. */
declare module '*.vocab.txt' {
  const packed: readonly string[]
  export default packed
}
