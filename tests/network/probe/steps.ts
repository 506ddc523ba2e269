/** What the probe does in a transaction, one step after another. */
export type ProbeStep =
  | { readonly read: readonly string[] }
  | { readonly write: string; readonly text?: string; readonly length?: number }
  | { readonly delete: string }
  | { readonly fail: string };
