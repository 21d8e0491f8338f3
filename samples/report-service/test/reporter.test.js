import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Intake } from '../src/intake.js';
import { Reporter } from '../src/reporter.js';
import { Session, Stream, event, eventId, head } from './said.js';

const place = { stream: Stream, position: 3, eventId: eventId(3) };

test('a replay is asked for behind an answer alone, once, and again when it was in vain', () => {
  const intake = new Intake(place, Session);
  const reporter = new Reporter('report', intake);
  const asks = () => reporter.next(place).headers['cloudEvents:replay'] === 'true';

  intake.accept(event(6, 5));
  assert.equal(asks(), false, 'it may still be on its way');
  intake.accept(head(6, { report: '1' }));
  assert.equal(asks(), true);
  assert.equal(asks(), false, 'it was asked for');
  intake.accept(head(4, { report: '3', replaying: 'true' }));
  assert.equal(asks(), false, 'it is being sent');
  intake.accept(head(6, { report: '4' }));
  assert.equal(asks(), true, 'all of it was sent in vain');
});

test('reports are counted', () => {
  const reporter = new Reporter('report', new Intake(place, Session));

  assert.equal(reporter.next(place).headers['cloudEvents:report'], '1');
  assert.equal(reporter.next(place).headers['cloudEvents:report'], '2');
});
