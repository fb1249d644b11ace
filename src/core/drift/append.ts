/** Adds a value to the list of a key: lists grow in place, so that many values of one key cost no copies. */
export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
