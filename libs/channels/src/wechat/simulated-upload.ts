import type { SimulatedFile } from '../simulator';

/** The files in a `multipart/form-data` body (RFC 7578). */
export function filesIn(body: Buffer, contentType: string): SimulatedFile[] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (!boundary) return [];
  return body
    .toString('latin1')
    .split(`--${boundary}`)
    .flatMap((part) => {
      const [head = '', ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n');
      const name = /filename="([^"]*)"/i.exec(head)?.[1];
      if (name === undefined) return [];
      const content = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1');
      return [
        {
          name: Buffer.from(name, 'latin1').toString('utf8'),
          contentType: /content-type:\s*([^\s;]+)/i.exec(head)?.[1] ?? 'application/octet-stream',
          content,
        },
      ];
    });
}
