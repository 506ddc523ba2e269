/** Text of a stranger for the details of an error: short, and never half a surrogate pair. */
export function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}

/** Path of the first fault that a schema found, such as `data.outputs.0.massGrams`. */
export function fieldOf(error: { issues: readonly { path: readonly PropertyKey[] }[] }): string {
  return cut(error.issues[0]?.path.map(String).join('.') ?? '', 120);
}
