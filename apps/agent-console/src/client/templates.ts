import { type PublishTemplate, RenderedTemplate, RenderTemplate, TemplateQuery, Templates } from '@claimline/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api, withQuery } from './api';
import { keys } from './query-keys';

/** Templates, in every language unless asked for one. */
export const useTemplates = (filter: z.infer<typeof TemplateQuery> = {}, enabled = true) =>
  useQuery({
    queryKey: keys.templates(filter),
    queryFn: ({ signal }) => api.get(withQuery('/api/templates', filter), Templates, { signal }),
    staleTime: 60_000,
    enabled,
  });

/** A template's text for one conversation and channel. */
export const renderTemplate = (code: string, what: z.infer<typeof RenderTemplate>) =>
  api.post(`/api/templates/${encodeURIComponent(code)}/render`, what, RenderedTemplate);

/** Every version of a text in one language, newest first. */
export const useTemplateVersions = (code: string, language: 'en' | 'zh-CN') =>
  useQuery({
    queryKey: [...keys.templates(), 'versions', code, language],
    queryFn: ({ signal }) => api.get(withQuery(`/api/templates/${encodeURIComponent(code)}/versions`, { language }), Templates, { signal }),
  });

/** Publishes a new version of a template in one language. Older versions stay at the hub. */
export function usePublishTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, ...version }: { code: string } & PublishTemplate) =>
      api.post(`/api/templates/${encodeURIComponent(code)}/versions`, version),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  });
}
