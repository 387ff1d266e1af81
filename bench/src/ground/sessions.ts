import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Ground } from './ground';

const COOKIE = 'claimline_session';

/**
 * So many adjusters, each signed in: their cookies. Written straight into the database, since a thousand sign-ins would spend minutes on hashing passwords,
 * which is nothing that this suite measures.
 */
export async function signedInAdjusters({ pool }: Ground, count: number): Promise<string[]> {
  const people = Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    email: `adjuster-${n}@bench.claimline.test`,
    name: `Adjuster ${n}`,
    token: randomBytes(32).toString('base64url'),
  }));
  await pool.query(
    `INSERT INTO accounts (id, email, name, password_hash, role, demo, created_at)
     SELECT id, email, name, '-', 'adjuster', true, now() FROM unnest($1::uuid[], $2::text[], $3::text[]) AS p(id, email, name)`,
    [people.map(({ id }) => id), people.map(({ email }) => email), people.map(({ name }) => name)],
  );
  await pool.query(
    `INSERT INTO sessions (token_hash, account_id, created_at, expires_at, seen_at)
     SELECT hash, id, now(), now() + interval '12 hours', now() FROM unnest($1::bytea[], $2::uuid[]) AS s(hash, id)`,
    [people.map(({ token }) => createHash('sha256').update(token).digest()), people.map(({ id }) => id)],
  );
  return people.map(({ token }) => `${COOKIE}=${token}`);
}
