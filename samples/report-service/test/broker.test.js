import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokerTrouble } from '../src/broker.js';

const said = (message, code) => brokerTrouble(Object.assign(new Error(message), { code }));

for (const [what, message, code, told] of [
  [
    'a second process',
    `Operation failed: BasicConsume; 403 (ACCESS-REFUSED) with message "ACCESS_REFUSED - queue 'monolith.orders.report' in vhost '/' in exclusive use"`,
    403,
    /another process receives.*REPORT_FOLLOWER/,
  ],
  [
    'a platform that does not publish',
    `Operation failed: QueueBind; 404 (NOT-FOUND) with message "NOT_FOUND - no exchange 'other.orders' in vhost '/'"`,
    404,
    /^REPORT_BROKER_PREFIX: .*Broker:Followers/,
  ],
  [
    'a user who may do too little',
    `Operation failed: QueueDeclare; 403 (ACCESS-REFUSED) with message "ACCESS_REFUSED - configure access to queue 'monolith.orders.report' refused for user 'x'"`,
    403,
    /^REPORT_BROKER: the user may not do/,
  ],
  [
    'a wrong password',
    'Handshake terminated by server: 403 (ACCESS-REFUSED) with message "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN."',
    403,
    /^REPORT_BROKER: the broker refuses the user or the password/,
  ],
  ['a broker that is away', 'connect ECONNREFUSED 127.0.0.1:5672', 'ECONNREFUSED', /^REPORT_BROKER: .*cannot be reached/],
])
  test(`${what} is told with the setting to look at`, () => assert.match(said(message, code), told));
