import { useEffect, useState } from 'react';
import { STEPS } from './claim-core';
import { SeatChoice } from './scenes-menu';
import { useStage } from './stage';
import styles from './top-bar.module.css';
import { fill, type Language } from './words';

/** The demo's clock, the claim core and the language: what stands above both worlds. */
export function TopBar({
  offset,
  onShift,
  onLanguage,
}: {
  readonly offset: number;
  readonly onShift: (by: number | string) => void;
  readonly onLanguage: (language: Language) => void;
}) {
  const { words, language } = useStage();
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>
        <img src="/icon.svg" alt="" width={24} height={24} /> {words.title}
      </h1>
      <Clock offset={offset} onShift={onShift} />
      <Core />
      <SeatChoice />
      <a className={styles.website} href="/demo/website" target="_blank" rel="noreferrer">
        {words.website}
      </a>
      <button
        type="button"
        className={styles.language}
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => onLanguage(language === 'en' ? 'zh-CN' : 'en')}
      >
        {language === 'en' ? '中文' : 'EN'}
      </button>
    </header>
  );
}

function Clock({ offset, onShift }: { readonly offset: number; readonly onShift: (by: number | string) => void }) {
  const { words, language } = useStage();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const shown = new Date(now + offset).toLocaleString(language, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (
    <div className={styles.group} role="group" aria-label={words.clock}>
      <span className={styles.label}>{words.clock}</span>
      <time className={styles.time} data-shifted={offset !== 0}>
        {shown}
      </time>
      <button type="button" onClick={() => onShift('+1h')}>
        {words.anHour}
      </button>
      <button type="button" onClick={() => onShift('+1d')}>
        {words.aDay}
      </button>
      {offset !== 0 && (
        <button type="button" onClick={() => onShift(0)}>
          {words.reset}
        </button>
      )}
    </div>
  );
}

function Core() {
  const { words, core, guide, language, register } = useStage();
  const { target } = guide.step;
  const isNext = target === 'register' || target === 'next-stage' || target === 'next-stage-again';
  const isDone = core.at === STEPS.length - 1;
  const go = async (): Promise<void> => {
    if (core.at < 0) return register();
    if (!(await core.next())) return;
    guide.did(target === 'next-stage-again' ? 'next-stage-again' : 'next-stage');
  };
  return (
    <div className={styles.group} role="group" aria-label={words.core}>
      <span className={styles.label}>{words.core}</span>
      <ol className={styles.line} aria-label={core.number ?? words.noClaim}>
        {STEPS.map(({ stage, label }, index) => (
          <li key={stage} data-state={index < core.at ? 'done' : index === core.at ? 'current' : 'ahead'} title={label[language]} />
        ))}
      </ol>
      <span className={styles.stage}>
        {core.problem ?? (core.at < 0 ? words.noClaim : `${core.number!.slice(-6)} · ${STEPS[core.at]!.label[language]}`)}
      </span>
      <button
        type="button"
        className={styles.primary}
        data-next={isNext && !isDone}
        disabled={core.busy || isDone}
        onClick={() => void go()}
      >
        {core.at < 0 ? words.register : isDone ? words.allDone : words.nextStage}
      </button>
      <Told />
    </div>
  );
}

/** How long after the last change the phone or the mailbox had the news. */
function Told() {
  const { core, devices, words } = useStage();
  const changed = core.changedAt;
  // The receipt of a report goes where the report came from; that a claim was made of it is seen a moment after it was said.
  const isReceipt = core.at === 0;
  const early = isReceipt ? 3_000 : 500;
  const received = devices.bubbles.find(
    ({ mine, at, app }) => !mine && changed !== null && (isReceipt || app !== 'wechat') && at >= changed - early && at < changed + 60_000,
  );
  if (changed === null) return null;
  if (!received) return null;
  return <span className={styles.told}>{fill(words.told, { seconds: Math.max(0, (received.at - changed) / 1_000).toFixed(1) })}</span>;
}
