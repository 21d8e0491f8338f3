/** Messages as the platform says them. */

export const Stream = '0199c000-0000-7000-8000-00000000000a';
export const Session = '0199c000-0000-7000-8000-00000000000b';

export const eventId = (position) => `0199c000-0000-7000-8000-${String(position).padStart(12, '0')}`;

export function event(position, previous, more = {}) {
  return message(
    {
      specversion: '1.0',
      id: eventId(position),
      source: '/orders',
      type: 'orders.order-placed.v1',
      subject: '0199c000-0000-7000-8000-0000000000cc',
      time: '2026-01-02T03:04:05.0000000+00:00',
      sequence: String(position),
      previous: String(previous),
      streamid: Stream,
      ...(previous > 0 ? { previousid: eventId(previous) } : {}),
      ...more,
    },
    '{"a":1}',
  );
}

export function head(relayed, more = {}) {
  return message({
    specversion: '1.0',
    id: eventId(900_000),
    source: '/orders',
    type: 'monolith.stream-head.v1',
    sequence: String(relayed),
    head: String(relayed),
    reported: '0',
    session: Session,
    report: '1',
    replaying: 'false',
    streamid: Stream,
    ...more,
  });
}

function message(attributes, body = '') {
  return {
    content: Buffer.from(body),
    properties: {
      headers: Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [`cloudEvents:${name}`, value]),
      ),
    },
  };
}
