import { newId, type Transaction } from '@claimline/database';
import { hashPassword } from '@claimline/people';
import { Adjusters } from '@claimline/routing';
import { DEMO_BRAND, DEMO_PEOPLE, DEMO_TEAMS, emailOfPerson, ON_LEAVE, type DemoTeam } from './cast';
import type { SeedRows } from './rows.repository';

/** Who works for the demo's insurer, with their ids. */
export interface SeededStaff {
  readonly brandId: string;
  readonly teams: ReadonlyMap<DemoTeam, string>;
  /** Account ids by the key of the person. */
  readonly accounts: ReadonlyMap<string, string>;
}

const DAY = 86_400_000;

/** Writes the brand, its teams and everybody who works there. Their passwords are told, never chosen here. */
export async function writePeople(tx: Transaction, rows: SeedRows, now: Date, passwordOf: (email: string) => string): Promise<SeededStaff> {
  const since = new Date(now.getTime() - 400 * DAY);
  const brandId = newId(since);
  await rows.insert('brands', [
    {
      id: brandId,
      key: DEMO_BRAND.key,
      name: DEMO_BRAND.name,
      default_language: DEMO_BRAND.language,
      time_zone: DEMO_BRAND.timeZone,
      created_at: since,
    },
  ]);
  const teams = new Map(DEMO_TEAMS.map((name) => [name, newId(since)]));
  await rows.insert(
    'teams',
    [...teams].map(([name, id]) => ({ id, brand_id: brandId, name })),
  );
  const accounts = new Map(DEMO_PEOPLE.map(({ key }) => [key, newId(since)]));
  const hashes = await Promise.all(DEMO_PEOPLE.map((person) => hashPassword(passwordOf(emailOfPerson(person)))));
  await rows.insert(
    'accounts',
    DEMO_PEOPLE.map((person, index) => ({
      id: accounts.get(person.key)!,
      email: emailOfPerson(person),
      name: person.name,
      password_hash: hashes[index]!,
      role: person.role,
      external_id: person.externalId,
      locale: person.locale,
      phone: person.phone,
      brand_ids: [brandId],
      groups: person.groups ?? [],
      active: true,
      demo: true,
      created_at: since,
    })),
  );
  const members = DEMO_PEOPLE.flatMap(({ key, team }) => (team ? [{ team_id: teams.get(team)!, account_id: accounts.get(key)! }] : []));
  await rows.insert('team_members', members);
  await writeAdjusters(tx, { brandId, teams, accounts });
  await writeAbsence(rows, accounts, now);
  return { brandId, teams, accounts };
}

async function writeAdjusters(tx: Transaction, { brandId, teams, accounts }: SeededStaff): Promise<void> {
  const adjusters = new Adjusters();
  for (const { key, profile, team, groups } of DEMO_PEOPLE) {
    if (profile)
      await adjusters.put(tx, accounts.get(key)!, {
        ...profile,
        brandIds: [brandId],
        teamIds: team ? [teams.get(team)!] : [],
        groups: groups ?? [],
      });
  }
}

function writeAbsence(rows: SeedRows, accounts: ReadonlyMap<string, string>, now: Date): Promise<void> {
  const absence = {
    id: newId(now),
    account_id: accounts.get(ON_LEAVE.key)!,
    starts_at: new Date(now.getTime() - 3 * DAY),
    ends_at: new Date(now.getTime() + 6 * DAY),
    delegate_id: accounts.get(ON_LEAVE.delegate)!,
    returns: 'on-close',
    created_by: accounts.get('zhou.min')!,
    created_at: new Date(now.getTime() - 10 * DAY),
  };
  return rows.insert('absences', [absence]);
}
