import type { Argument, ProposalOptions } from './ledger-connection.js';

/** What fabric-gateway takes as a proposal. */
export function proposal(
  args: readonly Argument[],
  options: ProposalOptions,
): {
  arguments: Argument[];
  endorsingOrganizations?: string[];
} {
  const organizations = options.endorsingOrganizations;
  return {
    arguments: [...args],
    ...(organizations === undefined ? {} : { endorsingOrganizations: [...organizations] }),
  };
}

/** A deadline from now on. */
export function deadline(milliseconds: number): { deadline: number } {
  return { deadline: Date.now() + milliseconds };
}

/** The same bytes as a Buffer, which gRPC's serializers want. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
