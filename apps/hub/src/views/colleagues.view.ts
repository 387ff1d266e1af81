import type { Queries } from '@claimline/database';
import type { Colleague } from '@claimline/protocol';

interface Row extends Omit<Colleague, 'absentUntil'> {
  readonly absent_until: Date | null;
}

// Demo accounts are there only while the hub runs as a demo.
const COLLEAGUES = `
  SELECT a.id, a.name, a.role,
         CASE WHEN EXISTS (SELECT 1 FROM presence_connections p WHERE p.account_id = a.id AND p.until > now()) THEN coalesce(d.presence, 'offline') ELSE 'offline' END AS presence,
         coalesce(d.used, 0) AS used, coalesce(d.capacity, 0) AS capacity,
         ARRAY(SELECT jsonb_object_keys(coalesce(d.languages, '{}')) ORDER BY 1) AS languages,
         ARRAY(SELECT jsonb_object_keys(coalesce(d.lines, '{}')) ORDER BY 1) AS lines,
         ARRAY(SELECT jsonb_object_keys(coalesce(d.licences, '{}')) ORDER BY 1) AS licences,
         (SELECT max(ends_at) FROM absences s WHERE s.account_id = a.id AND s.canceled_at IS NULL AND s.starts_at <= $1 AND s.ends_at > $1) AS absent_until,
         ARRAY(SELECT t.name FROM teams t WHERE t.id = ANY (d.team_ids) ORDER BY t.name) AS teams
  FROM accounts a LEFT JOIN adjusters d ON d.account_id = a.id
  WHERE a.active AND a.role <> 'integration' AND (NOT a.demo OR $2)
  ORDER BY a.name, a.id`;

/** The colleagues, as assign menus and the wallboard show them. */
export class ColleaguesView {
  constructor(
    private readonly queries: Queries,
    private readonly demo: boolean,
  ) {}

  async all(now: Date): Promise<{ items: Colleague[] }> {
    const rows = await this.queries.query<Row>({ name: 'colleagues', text: COLLEAGUES, values: [now, this.demo] });
    return { items: rows.map(({ absent_until: until, ...colleague }) => ({ ...colleague, absentUntil: until?.toISOString() ?? null })) };
  }
}
