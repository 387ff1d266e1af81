import type { Template } from '@claimline/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, usePublishTemplate } from '../../client';
import { useWords } from '../../locales';
import { toast } from '../../ui';
import { changedLanguages, draftsOf, type TemplateDraft, type TemplatePair } from './template-pairs';

type Language = Template['language'];
type Texts = Partial<Record<Language, TemplateDraft>>;

/** What somebody writes into a text in both languages, until all that changed is published with one press, or taken back with one. */
export function useTemplateDrafts(pair: TemplatePair) {
  const { t } = useTranslation('settings');
  const words = useWords();
  const publish = usePublishTemplate();
  const [drafts, setDrafts] = useState(() => draftsOf(pair));
  const [problems, setProblems] = useState<Partial<Record<Language, string>>>({});
  const changed = changedLanguages(pair, drafts);
  const send = async (texts: Texts): Promise<readonly Language[]> => {
    const done: Language[] = [];
    setProblems({});
    for (const [language, { body, subject }] of Object.entries(texts) as [Language, TemplateDraft][]) {
      try {
        await publish.mutateAsync({ code: pair.code, language, body, subject: subject.trim() || null });
        done.push(language);
        setDrafts((now) => ({ ...now, [language]: { body, subject } }));
      } catch (error) {
        const told = error instanceof ApiError ? error.fields.map((one) => one.problem).join(' ') : '';
        setProblems((now) => ({ ...now, [language]: told || words.error(error) }));
      }
    }
    return done;
  };
  const say = async (texts: Texts) => {
    const before = draftsOf(pair);
    const done = await send(texts);
    if (done.length === 0) return;
    const back: Texts = Object.fromEntries(done.filter((language) => pair.texts[language]).map((language) => [language, before[language]]));
    toast({ text: t('templates.published'), lasts: 12_000, action: { label: t('templates.takeBack'), run: () => void send(back) } });
  };
  return {
    drafts,
    problems,
    changed,
    publishing: publish.isPending,
    write: (language: Language, draft: TemplateDraft) => setDrafts({ ...drafts, [language]: draft }),
    publish: () => say(Object.fromEntries(changed.map((language) => [language, drafts[language]]))),
    goBack: ({ language, body, subject }: Template) => say({ [language]: { body, subject: subject ?? '' } }),
  };
}
