import { once } from 'node:events';
import { Backoff } from './backoff.js';
import { openPool } from './database.js';
import { streams } from './events.js';
import { Follower } from './follower.js';
import { Ledger } from './ledger.js';
import { SettingRefused, readSettings } from './settings.js';
import { createWeb } from './web.js';

const log = {
  info: (text) => console.log(`${new Date().toISOString()} ${text}`),
  warn: (text) => console.error(`${new Date().toISOString()} ${text}`),
};

/** Until it is told to stop. A second signal does not wait for what is in hand. */
function stopSignal() {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'])
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(1);
      stop.abort();
    });
  return stop.signal;
}

/** Makes the tables and handles again what was parked, as soon as the database is there. */
async function open(ledger, stop) {
  const backoff = new Backoff();
  while (!stop.aborted) {
    try {
      await ledger.open();
      await ledger.retryParked();
      return;
    } catch (failure) {
      log.warn(`Waiting for the database. ${failure.message}`);
      await backoff.rest(stop);
    }
  }
}

async function run() {
  const settings = readSettings(process.env);
  const stop = stopSignal();
  const pool = openPool(settings.database);
  const ledger = new Ledger(pool);
  const followers = streams.map((stream) => new Follower(stream, settings, ledger, log));
  const web = createWeb({ pool, followers, token: settings.token, log });
  web.listen(settings.listen.port, settings.listen.host);
  await once(web, 'listening');
  const { address, family, port } = web.address();
  log.info(`Listening on http://${family === 'IPv6' ? `[${address}]` : address}:${port}`);

  await open(ledger, stop);
  await Promise.all(followers.map((follower) => follower.run(stop)));

  web.closeIdleConnections();
  web.close();
  web.closeAllConnections();
  await pool.end();
  log.info('Stopped.');
}

/** What somebody has to put right is a sentence; the rest is a bug and comes with its trace. */
function sentenceFor(failure) {
  if (failure instanceof SettingRefused) return failure.message;
  return failure.syscall === 'listen' ? `REPORT_LISTEN: ${failure.message}.` : failure;
}

try {
  await run();
} catch (failure) {
  console.error(sentenceFor(failure));
  process.exit(2);
}
