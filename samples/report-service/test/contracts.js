/** Where the platform keeps what it promises. */
export const contracts = new URL('../../../docs/contracts/', import.meta.url);

/** The members of an event that its effect reads, in the order of their first use. */
export function membersRead(effect) {
  return [...new Set([...effect.matchAll(/->> '(\w+)'/g)].map(([, member]) => member))];
}

/** Where an event's schema and the examples of all its shapes are. */
export function fileOf(type) {
  const [stream, name, version] = type.split('.');
  return new URL(`${stream}/${name}.${version}.json`, contracts);
}
