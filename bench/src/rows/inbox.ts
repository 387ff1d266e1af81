import { VIEWS, type ConversationPage, type View } from '@claimline/protocol';
import { latencyOf } from '../figures';
import type { Desk } from '../ground/desk';
import type { Ground } from '../ground/ground';
import { latencyLine, type Line, type Row } from './row';

const P99_MS = 50;
const DEEP = 100;
const PEOPLE = ['adjuster', 'supervisor'] as const;

/** The lists that everybody looks at all day. */
export const inbox: Row = {
  name: 'inbox',
  what: 'inbox list, any view, first page and page 100',
  target: `p99 ≤ ${P99_MS} ms`,
  method: `GET /api/conversations?view=… with pages of 50 over HTTP, one after the other, by an adjuster and by a supervisor; page ${DEEP} by its cursor after walking there, the last page where a view is shorter`,
  needsData: true,
  grows: true,
  measure,
};

async function measure(ground: Ground): Promise<Line[]> {
  const lines: Line[] = [];
  for (const role of PEOPLE) {
    const desk = await ground.desk(role);
    for (const view of VIEWS) lines.push(...(await measureView(ground, desk, { role, view })));
  }
  return lines;
}

async function measureView({ effort }: Ground, desk: Desk, { role, view }: { role: string; view: View }): Promise<Line[]> {
  const first = `/api/conversations?view=${view}`;
  const { deep, page } = await walk(desk, first);
  const lines = [latencyLine(`${role}, ${view}, first page`, latencyOf(await again(desk, first, effort.requests)), { ms: P99_MS })];
  // A view of one page has no other to measure.
  if (page === 1) return lines;
  const label = page === DEEP ? `page ${DEEP}` : 'last page';
  return [...lines, latencyLine(`${role}, ${view}, ${label}`, latencyOf(await again(desk, deep, effort.requests)), { ms: P99_MS })];
}

/** Pages on until the hundredth or the last; returns how to ask for it again. */
async function walk(desk: Desk, first: string): Promise<{ deep: string; page: number }> {
  let deep = first;
  for (let page = 1; ; page++) {
    const { next } = await desk.get<ConversationPage>(deep);
    if (next === null || page === DEEP) return { deep, page };
    deep = `${first}&before=${encodeURIComponent(next)}`;
  }
}

/** The same request a number of times, one after the other. */
export async function again(desk: Desk, path: string, times: number): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < times; n++) all.push((await desk.timed(path)).ms);
  return all;
}
