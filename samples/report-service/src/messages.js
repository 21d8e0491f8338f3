/** Messages of the platform's streams at RabbitMQ: CloudEvents 1.0 in binary mode. See docs/broker-protocol.md. */

const HeaderPrefix = 'cloudEvents:';
const HeadType = 'monolith.stream-head.v1';
const ReportType = 'monolith.follower-report.v1';

/**
 * Where somebody stands in a stream.
 * @typedef {{ stream: string | null, position: number, eventId: string | null }} Place
 */

/** @type {Place} */
export const Beginning = { stream: null, position: 0, eventId: null };

/** The attributes of a message that arrived, by their names in CloudEvents. */
export function attributesOf(message) {
  const attributes = {};
  for (const [name, value] of Object.entries(message.properties.headers ?? {})) {
    if (name.startsWith(HeaderPrefix)) attributes[name.slice(HeaderPrefix.length)] = String(value);
  }
  return attributes;
}

/** The event that a message holds; null when it holds none that anybody could place. */
export function readEvent(message) {
  const said = attributesOf(message);
  const position = numberOf(said.sequence);
  const previous = numberOf(said.previous);
  const id = idOf(said.id);
  const subject = idOf(said.subject);
  if (!said.type || position === null || previous === null || !id || !subject) return null;
  return {
    position,
    id,
    type: said.type,
    subject,
    body: message.content.toString('utf8'),
    previous: { stream: idOf(said.streamid), position: previous, eventId: idOf(said.previousid) },
  };
}

/** What a relay answers to a report; null when the message is none. */
export function readHead(message) {
  const said = attributesOf(message);
  const relayed = numberOf(said.sequence);
  const head = numberOf(said.head);
  const reported = numberOf(said.reported);
  if (said.type !== HeadType || relayed === null || head === null || reported === null) return null;
  return {
    relayed,
    head,
    reported,
    stream: idOf(said.streamid),
    session: idOf(said.session),
    number: numberOf(said.report) ?? 0,
    isReplaying: said.replaying === 'true',
    difference: said.difference ?? null,
  };
}

/** A report as it is published: its properties at the broker. It has no body. */
export function reportOf({ id, follower, place, replay, session, number }) {
  const attributes = {
    specversion: '1.0',
    id,
    source: `/${follower}`,
    type: ReportType,
    position: String(place.position),
    report: String(number),
    replay: String(replay),
    session,
  };
  if (place.stream) attributes.streamid = place.stream;
  if (place.eventId) attributes.positionid = place.eventId;
  return {
    messageId: id,
    type: ReportType,
    headers: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [HeaderPrefix + name, value]),
    ),
  };
}

/** Positions are 64 bits wide and begin at 1: a stream would have to outlast us all to leave the safe integers. */
function numberOf(text) {
  if (text === undefined || !/^\d+$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : null;
}

function idOf(text) {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
    ? text.toLowerCase()
    : null;
}
