import { countView } from '../views/chain.js';
import type { DocumentOf } from '../views/declare.js';
import type { ViewDraft } from './draft.js';

type Subject = DocumentOf<typeof countView>['subject'];

/** Collects what a block adds to the counts. */
export class Counts {
  readonly #changes = new Map<string, { subject: Subject; labels: readonly string[]; by: number }>();

  add(subject: Subject, labels: readonly string[], by = 1): void {
    const id = [subject, ...labels].join('/');
    const change = this.#changes.get(id);
    if (change === undefined) this.#changes.set(id, { subject, labels, by });
    else change.by += by;
  }

  /** Puts the counts that change. */
  async apply(draft: ViewDraft): Promise<void> {
    const changes = [...this.#changes].filter(([, { by }]) => by !== 0);
    await draft.load(
      countView,
      changes.map(([id]) => id),
    );
    for (const [id, { subject, labels, by }] of changes) {
      const value = (draft.get(countView, id)?.value ?? 0) + by;
      draft.put(countView, { id, subject, labels: [...labels], value });
    }
  }
}
