/** The ways by which people of a load write. */
export type Way = 'sms' | 'mail' | 'chat' | 'vendor';

/** One thing somebody said, and how often they were told that it is there. */
export interface Said {
  readonly way: Way;
  /** Number, mail address, or the number of the visitor. */
  readonly from: string;
  readonly text: string;
  acknowledged: number;
}

/** What was said in a load, and what was answered: the account against which the database is held afterwards. */
export class Ledger {
  readonly said: Said[] = [];
  /** Answers by what they were, e.g. `sms 503`; `0` where nobody answered. */
  readonly answers = new Map<string, number>();
  private readonly heard = new Map<Way, number>();

  /** @param mark with which every text of this load begins, so that nothing else is taken for it */
  constructor(readonly mark: string) {}

  say(way: Way, from: string, nth: number): Said {
    const one: Said = { way, from, text: `${this.mark} ${way} ${from} no ${nth}`, acknowledged: 0 };
    this.said.push(one);
    return one;
  }

  /** Notes an answer. Only one that says "taken" counts as acknowledged. */
  answer(one: Said, code: number, isTaken: boolean): void {
    const key = `${one.way} ${code}`;
    this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
    if (!isTaken) return;
    if (one.acknowledged === 0) this.heard.set(one.way, this.acknowledged(one.way) + 1);
    one.acknowledged += 1;
  }

  acknowledged(way: Way): number {
    return this.heard.get(way) ?? 0;
  }

  /** What a reader of the result wants to know of the load itself. */
  get counts(): Record<string, number> {
    const each = (way: Way): [string, number][] => {
      const all = this.said.filter((one) => one.way === way);
      return all.length > 0
        ? [
            [`${way} said`, all.length],
            [`${way} acknowledged`, this.acknowledged(way)],
          ]
        : [];
    };
    return { ...Object.fromEntries((['sms', 'mail', 'chat', 'vendor'] as const).flatMap(each)), 'answers that were lost': this.lost };
  }

  private get lost(): number {
    return [...this.answers].filter(([key]) => key.endsWith(' 0')).reduce((sum, [, count]) => sum + count, 0);
  }
}
