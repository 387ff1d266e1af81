import type { Message } from '@claimline/protocol';
import { peopleOfThread, type ThreadPerson } from './people-of-thread';

const main = { id: 'c', name: 'Li Wei', addresses: ['+1', 'wx'] };
const message = (part: Partial<Message>): Message =>
  ({ direction: 'inbound', from: null, fromName: null, to: [], cc: [], author: null, ...part }) as Message;
const of = (...parts: readonly Partial<Message>[]): readonly ThreadPerson[] => peopleOfThread(parts.map(message), main);

describe('people of a thread', () => {
  it('names everybody once, customers before colleagues', () => {
    const wrote: Partial<Message> = { direction: 'outbound', author: { id: 'z', name: 'Zhang Min' }, to: ['wang@example.com'] };
    const people = of(wrote, { from: 'wang@example.com', fromName: 'Wang Fang', to: ['claims@example.com'] });
    expect(people.map((one) => [one.name, one.address, one.side])).toEqual([
      ['Wang Fang', 'wang@example.com', 'customer'],
      ['Zhang Min', null, 'colleague'],
    ]);
  });

  it('does not count our own address among the customers', () => {
    expect(of({ from: 'wang@example.com', to: ['claims@example.com'] }).map((one) => one.key)).toEqual(['wang@example.com']);
  });

  it('marks who was only copied, until they write', () => {
    const copied = { from: '+1', cc: ['wife@example.com'] };
    const isCopied = (people: readonly ThreadPerson[]) => people.find((one) => one.key === 'wife@example.com')?.onlyCopied;
    expect(isCopied(of(copied))).toBe(true);
    expect(isCopied(of(copied, { from: 'wife@example.com' }))).toBe(false);
  });

  it('knows the customer by every address they write from', () => {
    const people = of({ from: '+1' }, { from: 'wx', fromName: 'lw88' }, { direction: 'outbound', to: ['wx'] });
    expect(people.map((one) => one.name)).toEqual(['Li Wei']);
  });
});
