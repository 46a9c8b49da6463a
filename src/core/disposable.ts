/** Something that holds on to a resource until it is told to let go. */
export interface Disposable {
  dispose(): void;
}

/** Disposables that end together, last first; one that arrives after the end is disposed at once. */
export class DisposableStore implements Disposable {
  private readonly held: Disposable[] = [];
  private ended = false;

  add<T extends Disposable>(disposable: T): T {
    if (this.ended) disposable.dispose();
    else this.held.push(disposable);
    return disposable;
  }

  dispose(): void {
    this.ended = true;
    for (const disposable of this.held.splice(0).reverse()) disposable.dispose();
  }
}
