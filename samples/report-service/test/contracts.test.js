import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { effects, streams } from '../src/events.js';
import { membersRead, contracts } from './contracts.js';

const document = JSON.parse(await readFile(new URL('asyncapi.json', contracts), 'utf8'));
const listeners = JSON.parse(await readFile(new URL('listeners.json', contracts), 'utf8'));

test('every event that is handled is one that the AsyncAPI document has, with the members that are read', () => {
  for (const [type, effect] of Object.entries(effects)) {
    const { payload } = document.components.messages[type] ?? {};
    assert.ok(payload, `${type} is in the document`);
    for (const member of membersRead(effect)) assert.ok(payload.required.includes(member), `${type} has ${member}`);
  }
});

test('the streams that are followed are channels, where what they say waits for a follower', () => {
  assert.deepEqual(streams, ['orders', 'reviews']);
  for (const stream of streams) {
    assert.equal(document.channels[stream].address, `monolith.${stream}`);
    assert.equal(document.channels[`${stream}.outside`].address, `monolith.${stream}.{follower}`);
  }
});

test('what is read is registered, so that whoever changes it is told', () => {
  const registered = listeners.find((listener) => listener.name === 'Daily report');

  assert.deepEqual(
    registered?.reads,
    Object.fromEntries(Object.entries(effects).map(([type, effect]) => [type, membersRead(effect)])),
  );
});
