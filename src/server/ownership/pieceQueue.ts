/** Pieces that one side gives as fast as the other one takes them. */
export class PieceQueue implements AsyncIterable<Uint8Array> {
  private given: { readonly piece: Uint8Array; readonly taken: () => void } | null = null;
  private ending: { readonly error: Error | null } | null = null;
  private wake = () => {};

  /** Settles when the piece is taken. One at a time. */
  push(piece: Uint8Array): Promise<void> {
    return new Promise((taken) => {
      this.given = { piece, taken };
      this.wake();
    });
  }

  /** @param error thrown at who takes; `null` where all pieces were given */
  end(error: Error | null): void {
    this.ending = { error };
    this.given?.taken();
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      const { given, ending } = this;
      if (ending?.error) throw ending.error;
      if (given) {
        this.given = null;
        yield given.piece;
        given.taken();
      } else if (ending) return;
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
  }
}
