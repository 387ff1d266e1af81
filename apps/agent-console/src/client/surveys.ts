import { SurveyReport, SurveyStored, type GiveSurveyAnswers } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, withQuery } from './api';
import { keys } from './query-keys';

/** How satisfied customers are over some days. */
export const useSurveyReport = (from: string, to: string) =>
  useQuery({
    queryKey: ['surveys', from, to] as const,
    queryFn: ({ signal }) => api.get(withQuery('/api/surveys/report', { from, to }), SurveyReport, { signal }),
    placeholderData: (before) => before,
  });

/** What a customer answered on the phone. */
export function useAnswerByPhone(invitation: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (answers: GiveSurveyAnswers) => api.post(`/api/surveys/${invitation}/phone`, answers, SurveyStored),
    onSettled: () => Promise.all([keys.tasks(), keys.counts, ['surveys']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
