import { isIP } from 'node:net';

/** A setting that cannot be meant. Its message names the setting, never its value where that holds a secret. */
export class SettingRefused extends Error {
  constructor(setting, reason) {
    super(`${setting}: ${reason}`);
    this.name = 'SettingRefused';
  }
}

const LeastTokenLength = 20;

/**
 * What the service is told by its environment.
 * @param {Record<string, string | undefined>} environment such as `process.env`
 * @throws {SettingRefused} when one is missing or wrong
 */
export function readSettings(environment) {
  const listen = readListen(environment.REPORT_LISTEN ?? '127.0.0.1:8090');
  return {
    broker: readAddress(environment, 'REPORT_BROKER', ['amqp:', 'amqps:'], 'amqp://user:password@host:5672'),
    prefix: environment.REPORT_BROKER_PREFIX || 'monolith',
    follower: readFollower(environment.REPORT_FOLLOWER || 'report'),
    database: readAddress(
      environment,
      'REPORT_DATABASE',
      ['postgres:', 'postgresql:'],
      'postgres://user:password@host:5432/database',
    ),
    reportMilliseconds: readSeconds(environment.REPORT_INTERVAL_SECONDS || '2') * 1000,
    listen,
    token: readToken(environment.REPORT_TOKEN, listen.host),
  };
}

function readAddress(environment, setting, protocols, form) {
  const text = environment[setting];
  if (!text) throw new SettingRefused(setting, `say where it is: ${form}.`);
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
    throw new SettingRefused(setting, `it is not of the form ${form}.`);
  return text;
}

function readFollower(text) {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(text))
    throw new SettingRefused(
      'REPORT_FOLLOWER',
      `'${text}' is no name; it is of small letters, digits and '-', as the platform's Broker:Followers has it.`,
    );
  return text;
}

function readSeconds(text) {
  const seconds = Number(text);
  if (!(seconds >= 0.05 && seconds <= 60))
    throw new SettingRefused('REPORT_INTERVAL_SECONDS', `'${text}' is not a number from 0.05 to 60.`);
  return seconds;
}

function readListen(text) {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65535)
    throw new SettingRefused('REPORT_LISTEN', `'${text}' is not of the form 127.0.0.1:8090.`);
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

function readToken(token, host) {
  if (token && token.length < LeastTokenLength)
    throw new SettingRefused('REPORT_TOKEN', `it has fewer than ${LeastTokenLength} characters.`);
  if (!token && !isLoopback(host))
    throw new SettingRefused(
      'REPORT_TOKEN',
      'the report is business figures: where other machines can ask for it (REPORT_LISTEN), they must prove who they are.',
    );
  return token || null;
}

function isLoopback(host) {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
