import { browserStore, memoryStorage } from './browser-store';
import { SendQueue, type Waiting } from './send-queue';

const words = (text: string, at: number): Waiting => ({ clientMsgId: `c-${text}`, text, files: [], at });
const texts = (queue: SendQueue) => queue.all().map(({ text }) => text);

test('what waits is there after the page was closed, in the order in which it was written', () => {
  const storage = memoryStorage();
  const queue = new SendQueue(browserStore('inbox', storage));
  queue.belongTo('visitor-1');
  queue.put(words('second', 2_000));
  queue.put(words('first', 999));
  const later = new SendQueue(browserStore('inbox', storage));
  expect(texts(later)).toEqual(['first', 'second']);
  later.done('c-first');
  expect(texts(queue)).toEqual(['second']);
});

test('what was written before anybody knew who writes goes to the visitor it becomes', () => {
  const queue = new SendQueue(browserStore('inbox', memoryStorage()));
  queue.put(words('hello', 1));
  queue.belongTo('visitor-1');
  expect(texts(queue)).toEqual(['hello']);
});

test('what one visitor left is never sent as another, nor by another chat', () => {
  const storage = memoryStorage();
  const mine = new SendQueue(browserStore('inbox', storage));
  mine.belongTo('visitor-1');
  mine.put(words('my account number', 1));
  expect(texts(new SendQueue(browserStore('another-inbox', storage)))).toEqual([]);
  const next = new SendQueue(browserStore('inbox', storage));
  next.belongTo('visitor-2');
  expect(texts(next)).toEqual([]);
  expect(storage.length).toBe(1);
});

test('a refused message lets the others pass and goes again when it is told to', () => {
  const queue = new SendQueue(browserStore('inbox', memoryStorage()));
  queue.put(words('bad', 1));
  queue.put(words('good', 2));
  queue.refused('c-bad', 'invalid');
  expect([queue.next()?.text, queue.all()[0]?.problem]).toEqual(['good', 'invalid']);
  queue.again('c-bad');
  expect(queue.next()?.text).toBe('bad');
});

test('nonsense in the storage harms nobody', () => {
  const storage = memoryStorage();
  storage.setItem('claimline:inbox:out:new:000:x', '{');
  expect(new SendQueue(browserStore('inbox', storage)).all()).toEqual([]);
});
