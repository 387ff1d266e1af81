/** The value of an Authorization header (RFC 7617). */
export function basic(user = '', password = ''): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
