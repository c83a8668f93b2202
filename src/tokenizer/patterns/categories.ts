/** General categories in the order of their letters in `properties.gen.ts`. */
export const categoryCodes: readonly string[] = [
  ...['Lu', 'Ll', 'Lt', 'Lm', 'Lo'],
  ...['Mn', 'Mc', 'Me'],
  ...['Nd', 'Nl', 'No'],
  ...['Pc', 'Pd', 'Ps', 'Pe', 'Pi', 'Pf', 'Po'],
  ...['Sm', 'Sc', 'Sk', 'So'],
  ...['Zs', 'Zl', 'Zp'],
  ...['Cc', 'Cf', 'Cs', 'Co', 'Cn'],
]
