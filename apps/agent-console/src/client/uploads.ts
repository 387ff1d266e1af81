import { UploadedAttachment } from '@claimline/protocol';
import { newKey } from './api';
import { NetworkError, problemOf } from './problems';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Sends one file to `POST /api/attachments`; `fetch` cannot tell how far it is, so this uses XMLHttpRequest. `progress` is 0…1. */
export function upload(file: File, progress: (share: number) => void, signal?: AbortSignal): Promise<UploadedAttachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/attachments');
    request.setRequestHeader('x-requested-with', 'claimline-console');
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('idempotency-key', newKey());
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onerror = () => reject(new NetworkError('the file did not arrive'));
    request.onabort = () => reject(new DOMException('canceled', 'AbortError'));
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(UploadedAttachment.parse(body));
      else reject(problemOf(request.status, body, request.getResponseHeader('retry-after')));
    };
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}
