/** Values as a sentence tells them. */
export function listed(values: readonly unknown[] | undefined): string {
  return values === undefined || values.length === 0 ? "nothing" : `(${values.map(String).join(", ")})`;
}
