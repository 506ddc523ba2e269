/** Who asks. Found once per request, from the bearer token. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'key';
      readonly subject: string;
      /** Unified social credit code of the key's participant. */
      readonly creditCode: string;
      readonly oversight: boolean;
    }
  | {
      readonly kind: 'person';
      readonly subject: string;
      readonly creditCode?: string;
      readonly oversight: boolean;
    };

export const anonymous: Caller = { kind: 'anonymous' };

/** The credit code of the caller's participant, if it has one. */
export function participantOf(caller: Caller): string | undefined {
  return caller.kind === 'anonymous' ? undefined : caller.creditCode;
}
