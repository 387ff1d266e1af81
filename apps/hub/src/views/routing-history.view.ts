import type { Queries } from '@claimline/database';
import type { RoutingHistory } from '@claimline/protocol';
import type { Decisions, RoutingDecisionRecord } from '@claimline/routing';

const SHOWN = 50;

/** The stored decisions about a conversation with the names of the people in them. */
export class RoutingHistoryView {
  constructor(
    private readonly queries: Queries,
    private readonly decisions: Decisions,
  ) {}

  async of(conversationId: string): Promise<RoutingHistory> {
    const records = await this.decisions.of(this.queries, conversationId, SHOWN);
    const names = await this.names(records);
    return { items: records.map((record) => toDecision(record, names)) };
  }

  private async names(records: readonly RoutingDecisionRecord[]): Promise<ReadonlyMap<string, string>> {
    const ids = records.flatMap(({ chosenId, trace }) => [
      ...(chosenId ? [chosenId] : []),
      ...[...trace.excluded, ...trace.candidates].map(({ id }) => id),
      ...trace.reasons.flatMap(({ params }) => (typeof params['account'] === 'string' ? [params['account']] : [])),
    ]);
    const rows = await this.queries.query<{ id: string; name: string }>({
      name: 'routing-names',
      text: 'SELECT id, name FROM accounts WHERE id = ANY ($1::uuid[])',
      values: [[...new Set(ids)]],
    });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

function toDecision(
  { id, at, cause, ring, chosenId, trace }: RoutingDecisionRecord,
  names: ReadonlyMap<string, string>,
): RoutingHistory['items'][number] {
  const named = (account: string): { id: string; name: string } => ({ id: account, name: names.get(account) ?? '' });
  return {
    id,
    at: at.toISOString(),
    cause,
    ring,
    chosen: chosenId ? named(chosenId) : null,
    reasons: trace.reasons.map(({ code, params }) => ({
      code,
      params: typeof params['account'] === 'string' ? { ...params, name: named(params['account']).name } : params,
    })),
    excluded: trace.excluded.map(({ id: account, code }) => ({ ...named(account), code })),
    candidates: trace.candidates.map(({ id: account, ring: circle, skill, load, idleSeconds }) => ({
      ...named(account),
      ring: circle,
      skill,
      load,
      idleSeconds,
    })),
  };
}
