import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Intake } from '../src/intake.js';
import { Beginning } from '../src/messages.js';
import { Session, Stream, event, eventId, head } from './said.js';

const at = (position) => ({ stream: Stream, position, eventId: eventId(position) });

function intakeAt(place, ...messages) {
  const intake = new Intake(place, Session);
  for (const message of messages) intake.accept(message);
  return intake;
}

const positions = (intake) => intake.read(100).map((one) => one.position);

test('an unbroken run is handled in order, whatever positions it leaves out', () => {
  const intake = intakeAt(at(3), event(4, 3), event(7, 4));

  assert.deepEqual(positions(intake), [4, 7]);
  assert.deepEqual(intake.read(1).length, 1);
  assert.deepEqual(intake.tail, at(7));
});

test('what comes twice is handled once', () => {
  assert.deepEqual(positions(intakeAt(at(3), event(3, 2), event(4, 3), event(4, 3))), [4]);
});

test('what comes behind a gap is let go, and the gap is noticed', () => {
  const intake = intakeAt(at(3), event(4, 3), event(6, 5), event(7, 6));

  assert.deepEqual(positions(intake), [4]);
  assert.equal(intake.missingUpTo, 6);
});

test('a replay fills the gap', () => {
  const intake = intakeAt(at(3), event(6, 5), event(4, 3), event(5, 4), event(6, 5));

  assert.deepEqual(positions(intake), [4, 5, 6]);
  assert.equal(intake.missingUpTo, null);
});

test('a loss of the last message shows in the answer to a report', () => {
  assert.equal(intakeAt(at(3), head(5)).missingUpTo, 5);
  assert.equal(intakeAt(at(5), head(5)).missingUpTo, null);
});

test('a message may be acknowledged when all before it is handled', () => {
  const messages = [event(3, 2), event(4, 3), head(4), event(5, 4)];
  const intake = intakeAt(at(3), ...messages);

  assert.equal(intake.pass(3), messages[0]);
  assert.equal(intake.pass(3), null);
  assert.equal(intake.pass(4), messages[2]);
  assert.equal(intake.pass(5), messages[3]);
});

test('who begins takes on the identity of the stream', () => {
  assert.equal(intakeAt(Beginning, event(1, 0)).tail.stream, Stream);
  assert.equal(intakeAt(Beginning, head(0)).tail.stream, Stream);
});

test('another stream of the same name is refused, and moves nothing', () => {
  const other = '0199c000-0000-7000-8000-0000000000ff';
  const intake = intakeAt(at(3));

  assert.equal(intake.accept(event(4, 3, { streamid: other })), false);
  assert.deepEqual(positions(intake), []);
  assert.match(intake.refusal, /another stream of that name/);
});

test('another event at a position that was handled is a difference', () => {
  assert.match(intakeAt(at(3), event(4, 3, { previousid: eventId(99) })).difference, /at 3 it has the event/);
  assert.match(intakeAt(at(3), event(5, 2)).difference, /no event at 3/);
  assert.match(intakeAt(at(9), head(5, { reported: '9' })).difference, /ends at 5/);
  assert.equal(intakeAt(at(3), head(5, { difference: 'it was put back' })).difference, 'it was put back');
});

test('what is neither event nor answer is passed over', () => {
  const intake = intakeAt(at(3));

  assert.equal(intake.accept({ content: Buffer.from('x'), properties: { headers: {} } }), true);
  assert.deepEqual(positions(intake), []);
});
