import { useEffect, useRef } from 'react';
import { Icon } from '../icons';
import { useStage } from '../stage';
import { APPS, type AppName } from '../use-devices';
import { fill } from '../words';
import { CallApp } from './call-app';
import { ChatApp } from './chat-app';
import styles from './phone.module.css';

/** The customer's phone: four apps, and a buzz when something comes in. */
export function Phone() {
  const { world, devices, words, app, open } = useStage();
  const frame = useRef<HTMLElement>(null);
  const received = devices.lastReceived?.id;
  useEffect(() => {
    if (!received || !frame.current?.animate || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    frame.current.animate(
      [0, -3, 3, -2, 2, 0].map((x) => ({ transform: `translateX(${x}px)` })),
      { duration: 320, iterations: 2 },
    );
  }, [received]);
  useEffect(() => devices.look(app), [devices, app, received]);
  return (
    <section ref={frame} className={styles.phone} aria-label={fill(words.phoneOf, { name: world.customer.name })}>
      <header className={styles.status}>
        <span>{world.customer.name}</span>
        <span className={styles.speaker} aria-hidden="true" />
        <span>{world.customer.phone.slice(-4)}</span>
      </header>
      <div className={styles.screen}>{app === 'call' ? <CallApp /> : <ChatApp app={app} />}</div>
      <nav className={styles.dock}>
        {APPS.map((name) => (
          <DockButton key={name} name={name} isOpen={name === app} unread={devices.unread[name]} onOpen={() => open(name)} />
        ))}
      </nav>
    </section>
  );
}

interface DockProps {
  readonly name: AppName;
  readonly isOpen: boolean;
  readonly unread: number;
  readonly onOpen: () => void;
}

function DockButton({ name, isOpen, unread, onOpen }: DockProps) {
  const { words, guide } = useStage();
  return (
    <button type="button" className={styles.app} aria-pressed={isOpen} data-next={!isOpen && guide.step.app === name} onClick={onOpen}>
      <Icon name={name} size={22} />
      <span>{words[name]}</span>
      {unread > 0 && !isOpen && <b className={styles.badge}>{unread}</b>}
    </button>
  );
}
