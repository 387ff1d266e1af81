import type { Queries } from '@claimline/database';
import type { StaffAccount, StaffProfile } from '@claimline/protocol';

interface Row extends Omit<StaffAccount, 'externalId' | 'profile'> {
  readonly external_id: string | null;
  readonly profile: StaffProfile | null;
}

/** Everybody who signs in, with what the router knows of them: for whoever keeps the accounts. */
export class StaffView {
  constructor(
    private readonly queries: Queries,
    private readonly demo: boolean,
  ) {}

  async all(): Promise<StaffAccount[]> {
    const rows = await this.queries.query<Row>({ name: 'staff', text: STAFF, values: [this.demo] });
    return rows.map(({ external_id: externalId, ...account }) => ({ ...account, externalId }));
  }
}

const STAFF = `
  SELECT a.id, a.email, a.name, a.role, a.locale, a.phone, a.external_id, a.groups, a.active,
    CASE WHEN d.account_id IS NULL THEN NULL ELSE jsonb_build_object(
      'teams', coalesce((SELECT jsonb_agg(t.name ORDER BY t.name) FROM teams t WHERE t.id = ANY (d.team_ids)), '[]'),
      'lines', d.lines, 'languages', d.languages, 'licences', d.licences, 'capacity', d.capacity, 'timeZone', d.time_zone) END AS profile
  FROM accounts a LEFT JOIN adjusters d ON d.account_id = a.id
  WHERE a.role <> 'integration' AND (NOT a.demo OR $1)
  ORDER BY a.active DESC, a.name, a.id`;
