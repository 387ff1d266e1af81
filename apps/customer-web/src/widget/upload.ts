/** The most that the hub takes. */
export const LARGEST_FILE = 25 * 1024 * 1024;
/** The most that one message carries. */
export const MOST_FILES = 10;

/** A file on its way to the hub. */
export interface Upload {
  /** Resolves with the hub's id; rejects with an `Error` whose message is a code of the hub's, or `lost`. */
  readonly done: Promise<string>;
  stop(): void;
}

/** Hands a file in, and says how far it is (0 to 1). XMLHttpRequest, because `fetch` tells nothing of what has been sent. */
export function upload(file: File, to: { readonly url: string; readonly token: string }, progress: (part: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<string>((resolve, reject) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => {
      const answer = request.response as { id?: string; code?: string } | null;
      if (request.status === 201 && answer?.id) resolve(answer.id);
      else reject(new Error(answer?.code ?? 'lost'));
    });
    for (const event of ['error', 'abort', 'timeout']) request.addEventListener(event, () => reject(new Error('lost')));
  });
  const form = new FormData();
  form.append('file', file, file.name || 'photo.jpg');
  request.open('POST', to.url);
  request.setRequestHeader('authorization', `Bearer ${to.token}`);
  request.responseType = 'json';
  request.send(form);
  return { done, stop: () => request.abort() };
}
