import type { Template } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { useEffect, useMemo, useRef } from 'react';
import { useTemplates } from '../../client';
import { templateGlance, templateName } from '../../ui';
import styles from './template-picker.module.css';

/** Those whose code, title or text has the word; one per code, in the customer's language where there is one. */
export function matching(templates: readonly Template[], word: string, language: string): readonly Template[] {
  const wanted = word.toLowerCase();
  const found = templates.filter((one) => [one.code, one.title, one.body].some((text) => text.toLowerCase().includes(wanted)));
  const byCode = new Map<string, Template>();
  for (const one of found) {
    const known = byCode.get(one.code);
    const own = templates.find((other) => other.code === one.code && other.language === language);
    if (!known) byCode.set(one.code, own ?? one);
  }
  const starts = (one: Template): number =>
    Number(![one.code, templateName(one.title)].some((text) => text.toLowerCase().startsWith(wanted)));
  return [...byCode.values()].sort((a, b) => starts(a) - starts(b)).slice(0, 8);
}

/** The templates for the word after `/`. */
export function useMatching(word: string | null, language: string): readonly Template[] {
  const templates = useTemplates({ use: 'reply' }, word !== null).data?.items;
  return useMemo(() => (word === null ? [] : matching(templates ?? [], word, language)), [templates, word, language]);
}

interface PickerProps {
  readonly id: string;
  readonly found: readonly Template[];
  readonly at: number;
  readonly onAt: (at: number) => void;
  readonly onPick: (template: Template) => void;
}

/** The list above the text: arrows move, Enter takes, Escape closes. The text field keeps the focus. */
export function TemplatePicker({ id, found, at, onAt, onPick }: PickerProps) {
  const { t } = useTranslation('composer');
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    void list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <div className={styles.picker}>
      <ul ref={list} id={id} role="listbox" aria-label={t('templates')} className={styles.list}>
        {found.map((one, index) => (
          <li
            key={one.code}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onMouseMove={() => onAt(index)}
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(one);
            }}
          >
            <span className={styles.title}>{templateName(one.title)}</span>
            <span className={styles.code}>/{one.code}</span>
            <span className={styles.body}>{templateGlance(one.body)}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.none}>{t('noTemplates')}</p>}
    </div>
  );
}
