import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The hub's own registry: nothing is global, and a test can read it. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const registers = [registry];

export const inboundCounter = new Counter({
  name: 'claimline_inbound_total',
  help: 'Events from outside, by what became of them',
  labelNames: ['channel', 'kind', 'outcome'],
  registers,
});
export const outboundCounter = new Counter({
  name: 'claimline_outbound_total',
  help: 'Deliveries by the state they reached',
  labelNames: ['channel', 'state', 'reason'],
  registers,
});
export const sendSeconds = new Histogram({
  name: 'claimline_send_seconds',
  help: 'How long a vendor took to answer a send',
  labelNames: ['channel'],
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
  registers,
});
export const requestSeconds = new Histogram({
  name: 'claimline_http_seconds',
  help: 'How long a request took',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers,
});
export const socketsGauge = new Gauge({ name: 'claimline_sockets', help: 'Connected sockets', labelNames: ['namespace'], registers });
export const backlogGauge = new Gauge({
  name: 'claimline_backlog',
  help: 'What waits: outbox rows, events a consumer has not read, deliveries by state, jobs, parked events, work items, things that need a look',
  labelNames: ['queue'],
  registers,
});
