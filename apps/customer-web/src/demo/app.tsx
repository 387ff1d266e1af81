import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import styles from './app.module.css';
import { useClaimCore } from './claim-core';
import { VOICE_WORDS } from './customer-acts';
import { Desk } from './desk';
import { useGuide } from './guide';
import { GuideBar } from './guide-bar';
import { Phone } from './phone/phone';
import { StageContext, type Stage } from './stage';
import { TopBar } from './top-bar';
import { useDevices, type AppName } from './use-devices';
import { fill, firstLanguage, wordsOf, type Language } from './words';
import { World } from './world';

const TOLD_MS = 8_000;

/** The demo page: finds the demo, signs in as its adjuster, then shows both worlds side by side. */
export function App() {
  const [language, setLanguage] = useState(firstLanguage);
  const [world, setWorld] = useState<World | null>(null);
  const [isBroken, setBroken] = useState(false);
  const words = wordsOf(language);
  const find = useCallback(() => {
    setBroken(false);
    World.find()
      .then(async (found) => {
        await found.signIn(firstLanguage());
        setWorld(found);
      })
      .catch(() => setBroken(true));
  }, []);
  useEffect(find, [find]);
  useEffect(() => void (document.documentElement.lang = language), [language]);
  if (world) return <Worlds world={world} language={language} onLanguage={setLanguage} />;
  return (
    <main className={styles.waiting}>
      <p>{isBroken ? words.broken : words.loading}</p>
      {isBroken && (
        <button type="button" onClick={find}>
          {words.again}
        </button>
      )}
    </main>
  );
}

interface WorldsProps {
  readonly world: World;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
}

function Worlds({ world, language, onLanguage }: WorldsProps) {
  const words = wordsOf(language);
  const devices = useDevices(world);
  const core = useClaimCore(world);
  const guide = useGuide();
  const [app, open] = useState<AppName>('wechat');
  const [told, tell] = useState('');
  const [offset, setOffset] = useState(0);
  const [shown, show] = useState<'phone' | 'console'>('phone');
  const [seat, take] = useState('adjuster');
  const desk = useRef<HTMLIFrameElement>(null);
  const sit = useCallback(
    async (role: string, href: string) => {
      await world.signIn(language, role);
      take(role);
      show('console');
      desk.current?.contentWindow?.location.assign(href);
    },
    [world, language],
  );
  const register = useCallback(() => {
    show('console');
    void openReport(world, (href) => desk.current?.contentWindow?.location.assign(href));
  }, [world]);
  const stage = useMemo<Stage>(
    () => ({ world, devices, core, guide, language, words, app, open, tell, register, seat, sit }),
    [world, devices, core, guide, language, words, app, register, seat, sit],
  );

  useEffect(
    () =>
      void world.clock().then(
        (clock) => setOffset(clock.offset),
        () => undefined,
      ),
    [world],
  );
  useEffect(() => {
    if (core.reportedAt !== null) guide.did('register');
  }, [core.reportedAt, guide]);
  useEffect(() => {
    if (!told) return;
    const timer = setTimeout(() => tell(''), TOLD_MS);
    return () => clearTimeout(timer);
  }, [told]);

  const shift = async (by: number | string): Promise<void> => {
    setOffset((await world.shiftClock(by)).offset);
    // A session ends after half a day; a clock that jumps further would leave the desk at the sign-in page.
    await world.signIn(language, seat);
  };
  const speak = async (next: Language): Promise<void> => {
    onLanguage(next);
    await world.signIn(next, seat);
    desk.current?.contentWindow?.location.reload();
  };
  const showClaim = (): void => {
    show('console');
    if (core.number) desk.current?.contentWindow?.location.assign(`/claims/${core.number}`);
  };
  return (
    <StageContext.Provider value={stage}>
      <div className={styles.page}>
        <TopBar offset={offset} onShift={(by) => void shift(by)} onLanguage={(next) => void speak(next)} />
        <GuideBar onShowClaim={showClaim} />
        <div className={styles.switch} role="group">
          <button type="button" aria-pressed={shown === 'phone'} onClick={() => show('phone')}>
            {words.showPhone}
          </button>
          <button type="button" aria-pressed={shown === 'console'} onClick={() => show('console')}>
            {words.showConsole}
          </button>
        </div>
        <main className={styles.worlds} data-shown={shown}>
          <div className={styles.left}>
            <Phone />
          </div>
          <div className={styles.right}>
            <Desk frame={desk} title={fill(words.console, { name: world.personOf(seat).name })} />
          </div>
        </main>
        <p className={styles.toast} role="status" data-shown={told !== ''}>
          {told}
        </p>
      </div>
    </StageContext.Provider>
  );
}

/** The form of the customer's voice message, prefilled by the hub; nothing where they have said nothing yet. */
async function openReport(world: World, open: (href: string) => void): Promise<void> {
  const conversation = await world.conversationOf(VOICE_WORDS);
  if (conversation) open(`/reports/${await world.beginReport(conversation)}`);
}
