import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SettingRefused, readSettings } from '../src/settings.js';

const enough = {
  REPORT_BROKER: 'amqp://guest:secret-of-the-broker@mq:5672',
  REPORT_DATABASE: 'postgres://report:secret-of-the-database@db:5432/report',
};

test('two addresses are enough, and then only this machine can ask', () => {
  const settings = readSettings(enough);

  assert.deepEqual(settings.listen, { host: '127.0.0.1', port: 8090 });
  assert.equal(settings.token, null);
  assert.equal(settings.follower, 'report');
  assert.equal(settings.prefix, 'monolith');
  assert.equal(settings.reportMilliseconds, 2000);
});

for (const [setting, value] of [
  ['REPORT_BROKER', undefined],
  ['REPORT_BROKER', 'http://mq'],
  ['REPORT_DATABASE', ''],
  ['REPORT_DATABASE', 'Host=db;Password=secret-of-the-database'],
  ['REPORT_FOLLOWER', 'Daily report'],
  ['REPORT_INTERVAL_SECONDS', 'soon'],
  ['REPORT_INTERVAL_SECONDS', '0'],
  ['REPORT_LISTEN', '8090'],
  ['REPORT_LISTEN', '127.0.0.1:99999'],
  ['REPORT_TOKEN', 'short'],
])
  test(`${setting}=${value} is refused by name, and no secret is told`, () => {
    assert.throws(
      () => readSettings({ ...enough, [setting]: value }),
      (refused) =>
        refused instanceof SettingRefused &&
        refused.message.startsWith(`${setting}: `) &&
        !refused.message.includes('secret-of'),
    );
  });

test('other machines are answered with a token alone', () => {
  for (const listen of ['0.0.0.0:8090', '[::]:8090', '10.0.0.5:8090']) {
    assert.throws(() => readSettings({ ...enough, REPORT_LISTEN: listen }), /^SettingRefused: REPORT_TOKEN: /);
    const token = 'a-token-of-twenty-letters';
    assert.equal(readSettings({ ...enough, REPORT_LISTEN: listen, REPORT_TOKEN: token }).token, token);
  }
  assert.equal(readSettings({ ...enough, REPORT_LISTEN: '[::1]:0' }).listen.host, '::1');
});
