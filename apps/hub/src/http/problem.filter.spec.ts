import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { toProblem } from './problem.filter';

const withCode = (code: string, message = code): Error => Object.assign(new Error(message), { code });

test.each<[string, Error]>([
  ['nobody listens', withCode('ECONNREFUSED')],
  ['its socket is gone', Object.assign(withCode('ENOENT'), { syscall: 'connect' })],
  ['its socket takes nobody more', Object.assign(withCode('EAGAIN'), { syscall: 'connect' })],
  ['it is going down', withCode('57P01', 'terminating connection due to administrator command')],
  ['it is not up yet', withCode('57P03', 'the database system is starting up')],
  ['the connection broke within a statement', new Error('Connection terminated unexpectedly')],
  ['the connection broke between two statements of a transaction', new QueryRunnerAlreadyReleasedError()],
])('the database is away (%s): whoever asked is told to come again', (_, error) => {
  expect(toProblem(error)).toMatchObject({ status: 503, code: 'unavailable', retryAfter: 2 });
});

test('a file that is missing is no database that is away', () => {
  expect(toProblem(Object.assign(withCode('ENOENT'), { syscall: 'open' }))).toMatchObject({ status: 500 });
});

test('what the database refuses is our fault, and no reason to come again', () => {
  expect(toProblem(withCode('23505', 'duplicate key value'))).toMatchObject({ status: 500, code: 'internal' });
});
