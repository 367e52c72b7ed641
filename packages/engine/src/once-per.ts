/**
 * A function that works its answer out once for each object and then keeps it as long as the object lives. For what
 * depends on nothing but that object, which has to stay as it is, so that all runs of a process may share the answer.
 */
export function oncePer<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}
