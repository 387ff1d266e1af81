import { AbsencePreview, Team, WorkOf, type PreviewAbsence } from '@claimline/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from './api';
import { hubNow } from './hub-clock';
import { untilNext } from './next-moment';
import { keys } from './query-keys';

const HOUR_MS = 3_600_000;

// A deadline passes by itself, and comes within the hour by itself: both are counted, so it is counted again then even when nothing is heard.
const turnsOf = (team: Team): string[] => team.next.flatMap(({ at }) => [at, new Date(Date.parse(at) - HOUR_MS).toISOString()]);

/** Who has what and what breaches next. For those who supervise. */
export const useTeam = (enabled = true) =>
  useQuery({
    queryKey: keys.team,
    queryFn: ({ signal }) => api.get('/api/team', Team, { signal }),
    refetchInterval: ({ state }) => (state.data ? untilNext(turnsOf(state.data), hubNow()) : false),
    enabled,
  });

/** Everything that somebody has. */
export const useWorkOf = (account: string) =>
  useQuery({ queryKey: [...keys.team, account], queryFn: ({ signal }) => api.get(`/api/team/${account}/work`, WorkOf, { signal }) });

/** What an absence would move and to whom; nothing while its days make no time. */
export const useAbsencePreview = (wish: PreviewAbsence | null) =>
  useQuery({
    queryKey: [...keys.absences, 'preview', wish?.account ?? 'me', wish?.delegate ?? '', wish?.starts.slice(0, 13), wish?.ends],
    queryFn: () => api.post('/api/absences/preview', wish!, AbsencePreview),
    enabled: wish !== null,
    placeholderData: keepPreviousData,
  });
