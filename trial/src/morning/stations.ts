import type { PrivateKey } from '@huilian/core';
import { cast, type CastMember } from '../cast.js';
import type { TrialAdministration } from '../participants.js';
import { keyNamed } from '../stored-keys.js';
import { Station } from './huilian.js';

/**
 * A station for each enterprise of the trial, its key registered on the ledger. The keys are named `demo-…`, so that the
 * names of a first hour stay free.
 */
export async function openStations(
  home: string,
  gateway: string,
  administration: TrialAdministration,
  token: string,
): Promise<{
  stations: Readonly<Record<CastMember, Station>>;
  keys: Readonly<Record<CastMember, PrivateKey & { keyId: string }>>;
}> {
  const stations: Partial<Record<CastMember, Station>> = {};
  const keys: Partial<Record<CastMember, PrivateKey & { keyId: string }>> = {};
  for (const member of Object.keys(cast) as CastMember[]) {
    const enterprise = cast[member];
    const { key, keyId, name } = await keyNamed(home, `demo-${member}`, enterprise.creditCode);
    await administration.registerKey(enterprise, key, token);
    stations[member] = new Station(home, gateway, name);
    keys[member] = { ...key, keyId };
  }
  return {
    stations: stations as Record<CastMember, Station>,
    keys: keys as Record<CastMember, PrivateKey & { keyId: string }>,
  };
}
