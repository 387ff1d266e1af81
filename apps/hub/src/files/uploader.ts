import type { Principal } from '../http/principal';

/** By what name the files room remembers who uploaded: the kind and the id, because ids of different kinds are different people. */
export const uploaderOf = (who: Pick<Principal, 'kind' | 'id'>): string => `${who.kind}:${who.id}`;
