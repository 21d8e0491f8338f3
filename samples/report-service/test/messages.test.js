import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEvent, readHead, reportOf } from '../src/messages.js';
import { Session, Stream, event, eventId, head } from './said.js';

test('an event says where it stands and what was before it', () => {
  assert.deepEqual(readEvent(event(7, 5)), {
    position: 7,
    id: eventId(7),
    type: 'orders.order-placed.v1',
    subject: '0199c000-0000-7000-8000-0000000000cc',
    body: '{"a":1}',
    previous: { stream: Stream, position: 5, eventId: eventId(5) },
  });
});

test('what nobody could place is no event', () => {
  for (const more of [{ sequence: '-1' }, { sequence: '1e3' }, { previous: '' }, { id: 'x' }, { subject: 'x' }])
    assert.equal(readEvent(event(7, 5, more)), null, JSON.stringify(more));
  assert.equal(readEvent(head(7)), null);
  assert.equal(readEvent({ content: Buffer.alloc(0), properties: {} }), null);
});

test('an answer says how far the stream goes', () => {
  assert.deepEqual(readHead(head(7, { head: '9', report: '3', replaying: 'true' })), {
    relayed: 7,
    head: 9,
    reported: 0,
    stream: Stream,
    session: Session,
    number: 3,
    isReplaying: true,
    difference: null,
  });
  assert.equal(readHead(event(7, 5)), null);
});

test('a report says how far its follower has come, numbers as texts', () => {
  const report = {
    id: eventId(1),
    follower: 'report',
    place: { stream: Stream, position: 7, eventId: eventId(7) },
    replay: true,
    session: Session,
    number: 2,
  };

  assert.deepEqual(reportOf(report), {
    messageId: eventId(1),
    type: 'monolith.follower-report.v1',
    headers: {
      'cloudEvents:specversion': '1.0',
      'cloudEvents:id': eventId(1),
      'cloudEvents:source': '/report',
      'cloudEvents:type': 'monolith.follower-report.v1',
      'cloudEvents:position': '7',
      'cloudEvents:positionid': eventId(7),
      'cloudEvents:streamid': Stream,
      'cloudEvents:report': '2',
      'cloudEvents:replay': 'true',
      'cloudEvents:session': Session,
    },
  });
});
