import { RECEIVE_BATCH } from '@claimline/conversations/testing';
import { INBOUND, inboundValues } from './inbound-statement';
import { pgbenchScript } from './pgbench';

const PLACE = { inboxId: '0195c0de-0000-7000-8000-000000000001', brandId: '0195c0de-0000-7000-8000-000000000002', line: '+15550100100' };
const statementOf = (script: string): string => script.split('\n').at(-2)!;

test('the floor runs what the hub runs; only its event is one that nobody follows up', () => {
  expect(INBOUND).not.toBe(RECEIVE_BATCH);
  expect(INBOUND.replace(`'bench.received'`, `'message.received'`)).toBe(RECEIVE_BATCH);
});

test('pgbench is given the same statement with values in place of its parameters', () => {
  const statement = statementOf(pgbenchScript(PLACE, 32));
  expect(statement).not.toMatch(/\$\d/);
  const afterInput = (sql: string): string => sql.replaceAll('\n', ' ').split('), fresh AS (')[1]!.trim().replace(/;$/, '');
  expect(afterInput(statement)).toBe(afterInput(INBOUND));
});

test('every parameter is an array of one, so that a statement stores one message', () => {
  const values = inboundValues(PLACE, 3);
  expect(values.every((value) => Array.isArray(value) && value.length === 1)).toBe(true);
  expect(values.length).toBe(new Set(RECEIVE_BATCH.match(/\$\d+/g)).size);
});
