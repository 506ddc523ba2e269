import type { ApplianceFacts, BatteryFacts, InsuranceFacts, Lateness, LogisticsFacts } from '@huilian/core';

/** An item as a gateway shows it. */
export interface Item {
  readonly item: string;
  readonly kind: string;
  readonly category: string;
  readonly state: string;
  readonly custodian?: string;
  readonly owner?: string;
  readonly massGrams?: number;
  readonly parent?: string;
  readonly fittedInto?: string;
  readonly contested?: boolean;
  readonly inspection?: string;
  readonly battery?: BatteryFacts;
  readonly appliance?: ApplianceFacts;
  readonly lot?: Readonly<Record<string, unknown>>;
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly insurance?: InsuranceFacts;
  readonly heldBy?: string;
  readonly logistics?: LogisticsFacts;
  readonly tags?: readonly { readonly scheme: string; readonly value: string }[];
}

/** An event of a history as a gateway shows it. */
export interface EventShown {
  readonly id: string;
  readonly time: number;
  readonly block: number;
  readonly signer: string;
  readonly verdict: string;
  readonly notice?: string;
  readonly evidence?: string;
  readonly event: { readonly type: string; readonly data?: { readonly massGrams?: number } };
  readonly correction?: CorrectionShown;
  /** Time limits that it ended. */
  readonly clocks?: readonly { readonly timeLimit: string; readonly late?: Lateness }[];
}

/** That an event was declared wrong, as a gateway shows it. */
export interface CorrectionShown {
  readonly declaredBy: string;
  readonly reason?: string;
  readonly effect: 'open' | 'takenBack' | 'questioned';
  readonly misnamed?: true;
  readonly replacedBy?: string;
}

/** An item with what it came out of and what came out of it. */
export interface Genealogy {
  readonly item: Item;
  readonly ancestors: readonly (Item & { readonly depth: number })[];
  readonly fittedInto?: Item;
  readonly descendants: readonly (Item & { readonly parent: string; readonly depth: number })[];
  readonly complete: boolean;
}
