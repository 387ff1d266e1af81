import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Outbox, event log, consumers, leases, idempotency keys and rate counters. */
export class Log1795000000002 implements MigrationInterface {
  readonly name = 'Log1795000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const TABLES = `
  CREATE TABLE outbox (
    n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL,
    type text NOT NULL,
    conversation_id uuid,
    payload jsonb NOT NULL,
    at timestamptz NOT NULL
  ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
  CREATE TABLE event_log (
    position bigint PRIMARY KEY,
    id uuid NOT NULL,
    type text NOT NULL,
    conversation_id uuid,
    payload jsonb NOT NULL,
    at timestamptz NOT NULL
  );
  CREATE INDEX event_log_conversation ON event_log (conversation_id, position) WHERE conversation_id IS NOT NULL;
  CREATE TABLE consumers (
    name text PRIMARY KEY,
    position bigint NOT NULL
  );
  CREATE TABLE parked_events (
    consumer text NOT NULL,
    position bigint NOT NULL,
    conversation_id uuid,
    error text NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    retry_at timestamptz NOT NULL,
    parked_at timestamptz NOT NULL,
    PRIMARY KEY (consumer, position)
  );
  CREATE INDEX parked_events_conversation ON parked_events (consumer, conversation_id, position);
  CREATE TABLE leases (
    name text PRIMARY KEY,
    holder uuid NOT NULL,
    until timestamptz NOT NULL,
    fence bigint NOT NULL,
    life bigint
  );
  CREATE TABLE idempotency_keys (
    principal text NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    body_hash bytea NOT NULL,
    status int,
    answer jsonb,
    at timestamptz NOT NULL,
    PRIMARY KEY (principal, route, key)
  );
  CREATE INDEX idempotency_keys_at ON idempotency_keys (at);
  CREATE UNLOGGED TABLE socket_io_attachments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now(),
    payload bytea NOT NULL
  );
  CREATE UNLOGGED TABLE rate_counters (
    bucket text NOT NULL,
    window_start timestamptz NOT NULL,
    used int NOT NULL,
    PRIMARY KEY (bucket, window_start)
  );
`;
