import { ClaimFile, ClaimFileVerdict } from '@claimline/protocol';
import { useMutation } from '@tanstack/react-query';
import { api } from './api';

/** Where a claim file is downloaded from. */
export const claimFileHref = (number: string, format: 'zip' | 'pdf' | 'json'): string =>
  `/api/claims/${encodeURIComponent(number)}/file${format === 'json' ? '' : `.${format}`}`;

/** Not a claim file: something else was chosen. */
export class NotAClaimFile extends Error {
  override readonly name = 'NotAClaimFile';
}

/** Holds an exported JSON file against itself and against the hub. @throws NotAClaimFile */
export const useVerifyClaimFile = (number: string) =>
  useMutation({
    mutationFn: async (chosen: File) => {
      return api.post(`/api/claims/${encodeURIComponent(number)}/file/verify`, await read(chosen), ClaimFileVerdict);
    },
  });

async function read(chosen: File): Promise<ClaimFile> {
  try {
    return ClaimFile.parse(JSON.parse(await chosen.text()));
  } catch {
    throw new NotAClaimFile();
  }
}
