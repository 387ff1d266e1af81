import type { Thread } from '@claimline/protocol';
import { latencyOf } from '../figures';
import type { Ground } from '../ground/ground';
import { again } from './inbox';
import { latencyLine, type Line, type Row } from './row';

const P99_MS = 30;

/** A conversation that never ended. */
export const thread: Row = {
  name: 'thread',
  what: 'thread open (last 50) in a conversation of 20,000 messages; scroll back',
  target: `p99 ≤ ${P99_MS} ms`,
  method:
    'GET /api/conversations/:id/messages over HTTP, one after the other: the newest page again and again, then every page from there to the first message',
  needsData: true,
  grows: true,
  measure,
};

async function measure(ground: Ground): Promise<Line[]> {
  const [longest] = await ground.rows<{ id: string; count: number }>(
    'SELECT id, message_count AS count FROM conversations ORDER BY message_count DESC LIMIT 1',
  );
  const desk = await ground.desk('supervisor');
  const first = `/api/conversations/${longest!.id}/messages?limit=50`;
  const opened = await again(desk, first, ground.effort.requests * 2);
  const scrolled: number[] = [];
  for (let next = (await desk.get<Thread>(first)).next; next !== null;) {
    const page = await desk.timed<Thread>(`${first}&before=${encodeURIComponent(next)}`);
    scrolled.push(page.ms);
    next = page.body.next;
  }
  const back = latencyLine('scroll back to the beginning', latencyOf(scrolled), { ms: P99_MS });
  return [
    latencyLine('open', latencyOf(opened), { ms: P99_MS }),
    { ...back, figures: { ...back.figures, 'messages in it': longest!.count } },
  ];
}
