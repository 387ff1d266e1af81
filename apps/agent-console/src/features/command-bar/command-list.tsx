import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowRight, IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from '../../client';
import { KeysLabel, useCommands } from '../../commands';
import { useWords } from '../../locales';
import { hrefs, useGo } from '../../navigation';
import { SearchHitRow, searchHits } from '../../ui';
import styles from './command-bar.module.css';
import { bySection, ranked } from './rank';

interface Line {
  readonly key: string;
  readonly section: string;
  readonly content: ReactNode;
  readonly run: () => void;
}

/** The field and the lines below it: commands that match, then what the search finds. */
export function CommandList({ run }: { readonly run: (command: () => void) => void }) {
  const { t } = useTranslation('command-bar');
  const list = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const { lines, busy } = useLines(text);
  const active = Math.min(at, lines.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = lines[active];
    if (event.key === 'ArrowDown') setAt((active + 1) % Math.max(1, lines.length));
    else if (event.key === 'ArrowUp') setAt((active - 1 + lines.length) % Math.max(1, lines.length));
    else if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) run(chosen.run);
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    document.getElementById(`${list}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, list]);
  return (
    <>
      <div className={styles.field}>
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <input
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={lines.length > 0 ? `${list}-${active}` : undefined}
          aria-label={t('open')}
          placeholder={t('placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={styles.list} id={list} role="listbox" aria-label={t('open')}>
        {lines.map((line, index) => (
          <div key={line.key} role="presentation">
            {line.section !== lines[index - 1]?.section && (
              <div className={styles.section} role="presentation">
                {line.section}
              </div>
            )}
            <div
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === active}
              className={styles.line}
              onMouseMove={() => setAt(index)}
              onClick={() => run(line.run)}
            >
              {line.content}
            </div>
          </div>
        ))}
        {lines.length === 0 && (
          <p className={styles.none} role="status">
            {t(busy ? 'searching' : 'none')}
          </p>
        )}
      </div>
      <footer className={styles.foot} aria-hidden>
        <span>
          <KeysLabel keys="arrowup" /> <KeysLabel keys="arrowdown" /> {t('move')}
        </span>
        <span>
          <KeysLabel keys="enter" /> {t('choose')}
        </span>
        <span>
          <KeysLabel keys="escape" /> {t('leave')}
        </span>
      </footer>
    </>
  );
}

function useLines(text: string): { lines: readonly Line[]; busy: boolean } {
  const { t } = useTranslation('command-bar');
  const words = useWords();
  const go = useGo();
  const commands = useCommands();
  const typed = text.trim();
  const [q] = useDebouncedValue(typed.length > 1 ? typed : '', 120);
  const { data, isFetching } = useSearch(q, 4);
  const offered = ranked(
    commands.filter((command) => !command.hidden),
    typed,
    (command) => command.title,
  );
  const does = typed ? offered : bySection(offered);
  const actions = does.slice(0, typed ? 6 : undefined).map((command): Line => ({
    key: command.id,
    section: typed ? t('actions') : command.section,
    run: command.run,
    content: (
      <span className={styles.command}>
        <IconArrowRight size={14} stroke={1.8} aria-hidden />
        <span className={styles.title}>{command.title}</span>
        {command.keys && <KeysLabel keys={command.keys} />}
      </span>
    ),
  }));
  const hits = q && data ? searchHits(data, words) : [];
  const found = hits.map((hit): Line => ({
    key: hit.key,
    section: t(`found.${hit.group}`),
    run: () => go(hit.href),
    content: <SearchHitRow hit={hit} query={q} />,
  }));
  const all: Line = {
    key: 'search-all',
    section: t('more'),
    run: () => go(`${hrefs.search}?q=${encodeURIComponent(typed)}`),
    content: (
      <span className={styles.command}>
        <IconSearch size={14} stroke={1.8} aria-hidden />
        <span className={styles.title}>{t('all', { q: typed })}</span>
      </span>
    ),
  };
  // What looks like a number or a plate is somebody looking for a claim, not for a command.
  const lines = /\d/.test(typed) ? [...found, ...actions] : [...actions, ...found];
  return { lines: typed.length > 1 ? [...lines, all] : lines, busy: isFetching };
}
