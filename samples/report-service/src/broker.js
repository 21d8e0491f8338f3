import { connect } from 'amqplib';

/** How many messages may wait here for the commit of what they bring about. */
const Prefetch = 500;
const PatienceMilliseconds = 10_000;

/**
 * A follower's way to RabbitMQ, for one conversation. One connection receives and one publishes: a broker that is
 * short of memory stops reading from who publishes, and acknowledgements must get through all the same.
 */
export class Inbox {
  #connections;
  #channel;
  #reports;
  #reportsTo;

  constructor(connections, channel, reports, reportsTo) {
    this.#connections = connections;
    this.#channel = channel;
    this.#reports = reports;
    this.#reportsTo = reportsTo;
  }

  /**
   * Begins to receive what waits for a follower of a stream.
   * @param {{ broker: string, prefix: string, follower: string }} settings where, and under which names
   * @param {string} stream what is followed
   * @param {{ take: (message: object) => void, end: (reason: Error) => void }} to who is told of messages, and of the end
   */
  static async open({ broker, prefix, follower }, stream, to) {
    const connections = [];
    try {
      for (const purpose of ['receives', 'publishes']) {
        const connection = await connect(withHeartbeat(broker), {
          timeout: PatienceMilliseconds,
          clientProperties: { connection_name: `${prefix} ${follower} ${purpose} ${stream}` },
        });
        connections.push(connection);
        connection.on('error', to.end);
        connection.on('close', () => to.end(new Error('the connection to the broker is lost')));
      }
      const channel = await connections[0].createChannel();
      channel.on('error', to.end);
      const [exchange, queue] = [`${prefix}.${stream}`, `${prefix}.${stream}.${follower}`];
      await channel.assertQueue(queue, { durable: true });
      await channel.bindQueue(queue, exchange, '');
      await channel.prefetch(Prefetch);
      const reports = await connections[1].createConfirmChannel();
      reports.on('error', to.end);
      await channel.consume(
        queue,
        (message) => (message ? to.take(message) : to.end(new Error(`the queue '${queue}' was deleted`))),
        { exclusive: true },
      );
      return new Inbox(connections, channel, reports, `${prefix}.${stream}.reports`);
    } catch (failure) {
      await closeAll(connections);
      throw failure;
    }
  }

  /** Acknowledges a message and everything received before it. */
  acknowledge(last) {
    this.#channel.ack(last, true);
  }

  /** Sends a report. What no queue takes is let go: the publisher is not there yet, and the next report follows. */
  async report(properties) {
    this.#reports.publish('', this.#reportsTo, Buffer.alloc(0), {
      ...properties,
      persistent: true,
      mandatory: true,
    });
    await within(this.#reports.waitForConfirms(), 'the broker does not confirm a report');
  }

  /** Ends the conversation. What is not acknowledged comes again. */
  async close() {
    await closeAll(this.#connections);
  }
}

/** A broker that is gone without a word is noticed, unless the setting says how soon. */
function withHeartbeat(broker) {
  const address = new URL(broker);
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', '10');
  return address.href;
}

/** What the broker's client says, in words that say what to do. */
export function brokerTrouble(failure) {
  const said = `${failure.message}`;
  if (/ACCESS[_-]REFUSED.*exclusive/s.test(said))
    return 'another process receives what is meant for this follower: does the service run twice (REPORT_FOLLOWER)?';
  if (/NOT[_-]FOUND.*no exchange/s.test(said))
    return 'REPORT_BROKER_PREFIX: nobody publishes under it yet: the platform is away, has another Broker:Prefix, or has no Broker:Followers.';
  if (/ACCESS[_-]REFUSED.*(queue|exchange)/s.test(said))
    return `REPORT_BROKER: the user may not do what the service needs (${said}).`;
  if (/ACCESS[_-]REFUSED|handshake/i.test(said)) return 'REPORT_BROKER: the broker refuses the user or the password.';
  if (['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'EAI_AGAIN'].includes(failure.code))
    return `REPORT_BROKER: the broker cannot be reached (${failure.code}).`;
  return said;
}

async function closeAll(connections) {
  for (const connection of connections)
    await within(
      Promise.resolve().then(() => connection.close()),
      'the broker does not say goodbye',
    ).catch(() => {}); // It was lost before.
}

function within(promise, complaint) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(complaint)), PatienceMilliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
