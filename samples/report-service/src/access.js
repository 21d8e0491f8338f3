import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a request may see business figures. Without a token only this machine can ask, and must ask by its own name:
 * a page of somebody else's, in a browser here, would ask by another.
 * @param {import('node:http').IncomingHttpHeaders} headers of the request
 * @param {string | null} token what must be proven; null when the service listens on this machine alone
 */
export function mayRead(headers, token) {
  if (token === null) return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(headers.host ?? '');
  const [scheme, credentials] = (headers.authorization ?? '').split(' ');
  if (/^bearer$/i.test(scheme)) return isSame(credentials, token);
  // A browser asks its user, who gives the token as the password; the name does not matter.
  if (/^basic$/i.test(scheme)) {
    const pair = Buffer.from(credentials ?? '', 'base64').toString('utf8');
    return isSame(pair.slice(pair.indexOf(':') + 1), token);
  }
  return false;
}

/** Compares in a time that does not tell how much of it is right. */
function isSame(given, wanted) {
  const [one, other] = [given ?? '', wanted].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(one, other);
}
