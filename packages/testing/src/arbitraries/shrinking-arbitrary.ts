import * as fc from 'fast-check';

/** Draws as another arbitrary does, and shrinks along candidates of its own, the most promising first. */
export class ShrinkingArbitrary<Thing> extends fc.Arbitrary<Thing> {
  readonly #drawn: fc.Arbitrary<Thing>;
  readonly #simpler: (thing: Thing) => Iterable<Thing>;

  constructor(drawn: fc.Arbitrary<Thing>, simpler: (thing: Thing) => Iterable<Thing>) {
    super();
    this.#drawn = drawn;
    this.#simpler = simpler;
  }

  override generate(random: fc.Random, biasFactor: number | undefined): fc.Value<Thing> {
    return new fc.Value(this.#drawn.generate(random, biasFactor).value, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Thing {
    return value !== undefined;
  }

  override shrink(value: Thing): fc.Stream<fc.Value<Thing>> {
    return fc.stream(this.#candidates(value));
  }

  *#candidates(value: Thing): IterableIterator<fc.Value<Thing>> {
    for (const candidate of this.#simpler(value)) yield new fc.Value(candidate, undefined);
  }
}
