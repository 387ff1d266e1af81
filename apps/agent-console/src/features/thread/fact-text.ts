import type { ThreadFact } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { humanised, useWords } from '../../locales';
import { dayAndTime, useNow } from '../../ui';

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** A fact as a sentence. Codes among its parameters become words; a type nobody has written a sentence for is shown by its name. */
export function useFactText(fact: ThreadFact): string {
  const { t, i18n } = useTranslation('thread');
  const words = useWords();
  const now = useNow(60_000);
  const params = fact.params;
  const moment = (name: string): string => {
    const at = Date.parse(text(params[name]));
    return Number.isNaN(at) ? '' : dayAndTime(at, now, i18n.language);
  };
  const assignee = text(params['assignee'] ?? params['assigneeName']);
  const claim = text(params['claimNumber'] ?? params['claim']);
  const said = {
    actor: fact.actor ?? t('hub'),
    assignee,
    claim,
    channel: params['channel'] ? words.channel(text(params['channel'])) : '',
    stage: params['stage'] ? words.stage(text(params['stage'])) : '',
    until: moment('until'),
    deadline: moment('deadline'),
    policy: params['policy'] ? words.due(text(params['policy'])) : '',
    reason: params['reason'] ? words.reason(text(params['reason'])) : '',
    party: text(params['party'] ?? params['partyName']),
    labels: Array.isArray(params['labels']) ? params['labels'].map((label) => words.label(text(label))).join(', ') : '',
    state: text(params['state']),
  };
  return t(`fact.${variantOf(fact, said)}`, { ...said, defaultValue: humanised(fact.type) });
}

/** Sentences differ by what is known: given to somebody or to nobody, by a person or by the router. */
function variantOf(fact: ThreadFact, said: { assignee: string; claim: string; state: string }): string {
  const name = fact.type.replace(/\./g, '_').replace(/-/g, '_');
  if (name === 'conversation_assigned') {
    if (!said.assignee) return `${name}.nobody`;
    return fact.actor ? `${name}.person` : `${name}.router`;
  }
  if (name === 'conversation_linked') return said.claim ? `${name}.claim` : `${name}.nothing`;
  if (name === 'consent_changed') return said.state === 'opted-out' ? `${name}.out` : `${name}.in`;
  return fact.actor ? `${name}.person` : `${name}.hub`;
}
