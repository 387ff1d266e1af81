import type { BulkAct, BulkRun, View } from '@claimline/protocol';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBulkRun, useCancelBulk, useStartBulk, useUndoBulk, type ListFilter } from '../../client';
import { useWords } from '../../locales';
import { toast } from '../../ui';
import type { Selection } from './selection';

/** Where the rows come from: everything of it may be meant. */
export interface ListPlace {
  readonly view: View;
  readonly q: string;
  readonly filter: ListFilter;
}

/** The selection as the hub understands it. */
export function selectionOf(selection: Selection, { view, q, filter }: ListPlace) {
  if (!selection.everything) return { ids: [...selection.ids] };
  const { awaiting, ...rest } = filter;
  return {
    filter: { ...rest, view: q ? 'all' : view, ...(q && { q }), ...(awaiting !== undefined && { awaiting: awaiting === 'true' }) } as never,
  };
}

const sum = (reasons: Readonly<Record<string, number>>): number => Object.values(reasons).reduce((all, one) => all + one, 0);

/** Says in one line what became of a run, with the way back where there is one. */
function useOutcome(undo: (id: string) => void): (run: BulkRun) => void {
  const { t } = useTranslation('bulk');
  const words = useWords();
  return (run) => {
    const refused = Object.entries(run.counts.refused).map(([reason, count]) => t('notDone', { count, reason: words.reason(reason) }));
    const held = sum(run.counts.held);
    const done = run.counts.done + run.counts.sending;
    const text = [t(`outcome.${run.kind}`, { count: done }), ...(held > 0 ? [t('held', { count: held })] : []), ...refused].join(' · ');
    toast({
      text,
      tone: refused.length > 0 ? 'danger' : 'plain',
      lasts: 12_000,
      action: run.undoable ? { label: t('undo'), run: () => undo(run.id) } : undefined,
    });
  };
}

/** Starts bulk runs and follows them to their end. */
export function useBulk(place: ListPlace, onStarted: () => void) {
  const words = useWords();
  const [runId, setRunId] = useState<string | null>(null);
  const start = useStartBulk();
  const cancel = useCancelBulk();
  const undo = useUndoBulk();
  const run = useBulkRun(runId).data;
  const failed = { onError: (error: unknown) => void toast({ text: words.error(error), tone: 'danger' }) };
  const follow = { onSuccess: ({ id }: BulkRun) => setRunId(id), ...failed };
  const tell = useOutcome((id) => undo.mutate(id, follow));
  const said = useRef<string | null>(null);
  useEffect(() => {
    if (!run || run.state === 'running' || said.current === run.id) return;
    said.current = run.id;
    setRunId(null);
    tell(run);
  }, [run, tell]);
  const act = (selection: Selection, what: BulkAct) => {
    start.mutate({ ...selectionOf(selection, place), act: what }, follow);
    onStarted();
  };
  return { act, running: run?.state === 'running' ? run : undefined, stop: () => runId && cancel.mutate(runId, failed) };
}
