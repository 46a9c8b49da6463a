import type { Disposable } from "./disposable.js";

/** A list of listeners; one that throws does not keep the others from hearing. */
export class EventSource<T> {
  private readonly listeners = new Set<(value: T) => void>();

  /** @param onListenerError told what a listener threw */
  constructor(private readonly onListenerError: (error: unknown) => void) {}

  subscribe(listener: (value: T) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }
}
