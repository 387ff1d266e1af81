import type { Message } from '@claimline/protocol';
import { peopleOfThread } from './people-of-thread';

const message = (part: Partial<Message>): Message =>
  ({ direction: 'inbound', from: null, fromName: null, to: [], cc: [], author: null, ...part }) as Message;

describe('people of a thread', () => {
  it('names everybody once, customers before colleagues', () => {
    const people = peopleOfThread([
      message({ direction: 'outbound', author: { id: 'z', name: 'Zhang Min' }, to: ['li@example.com'] }),
      message({ from: 'li@example.com', fromName: 'Li Wei', to: ['claims@example.com'] }),
    ]);
    expect(people.map((one) => [one.name, one.address, one.side])).toEqual([
      ['Li Wei', 'li@example.com', 'customer'],
      ['Zhang Min', null, 'colleague'],
    ]);
  });

  it('does not count our own address among the customers', () => {
    const people = peopleOfThread([message({ from: 'li@example.com', to: ['claims@example.com'] })]);
    expect(people.map((one) => one.key)).toEqual(['li@example.com']);
  });

  it('marks who was only copied, until they write', () => {
    const copied = message({ from: 'li@example.com', cc: ['wife@example.com'] });
    expect(peopleOfThread([copied]).find((one) => one.key === 'wife@example.com')?.onlyCopied).toBe(true);
    const wrote = message({ from: 'wife@example.com' });
    expect(peopleOfThread([copied, wrote]).find((one) => one.key === 'wife@example.com')?.onlyCopied).toBe(false);
  });
});
