import type { PortalDocuments } from '@claimline/protocol';
import { Refusal } from '../call';

const RETRY_STATUS = new Set([0, 502, 503, 504]);

function refusalOf(request: XMLHttpRequest): Refusal {
  try {
    const { code } = JSON.parse(request.responseText) as { code?: Refusal['code'] };
    return new Refusal(code ?? 'bad-request');
  } catch {
    return new Refusal(RETRY_STATUS.has(request.status) ? 'offline' : 'bad-request');
  }
}

/** Sends one file and says how far it is, 0 to 1. `fetch` knows no progress of what it sends. @throws Refusal */
export function sendFile(path: string, file: File, progress: (share: number) => void): Promise<PortalDocuments> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/portal/${path}`);
    request.setRequestHeader('x-requested-with', 'portal');
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new Refusal('offline'));
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as PortalDocuments);
      else reject(RETRY_STATUS.has(request.status) ? new Refusal('offline') : refusalOf(request));
    };
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}
