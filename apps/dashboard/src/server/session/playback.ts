/** Whether time passes in a session, how fast, and where it has got to. */
export class Playback {
  playing = false;
  speed = 1;
  #positionUs = 0;
  /** What is left of a microsecond at low speeds and short ticks. */
  #fractionUs = 0;

  get positionUs(): number {
    return this.#positionUs;
  }

  goTo(atUs: number): void {
    this.#positionUs = atUs;
    this.#fractionUs = 0;
  }

  /** Lets real time pass, up to `limitUs`. Returns how many microseconds of simulated time had to be left out. */
  pass(elapsedMs: number, limitUs: number): number {
    if (!this.playing) return 0;
    const wantedUs = this.#positionUs + this.#fractionUs + elapsedMs * 1_000 * this.speed;
    const reachedUs = Math.min(Math.floor(wantedUs), Math.max(limitUs, this.#positionUs));
    this.#fractionUs = reachedUs < Math.floor(wantedUs) ? 0 : wantedUs - reachedUs;
    this.#positionUs = reachedUs;
    return Math.max(0, Math.floor(wantedUs) - reachedUs);
  }
}
