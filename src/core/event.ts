import type { Disposable } from "./disposable.js";

/** A list of listeners; one that throws does not keep the others from hearing. */
export class EventSource<T> {
  private readonly listeners = new Set<(value: T) => void>();

  /** @param onListenerError told what a listener threw; what it throws itself, `fire` throws when all have heard */
  constructor(private readonly onListenerError: (error: unknown) => void) {}

  subscribe(listener: (value: T) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  fire(value: T): void {
    const errors: unknown[] = [];
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        errors.push(error);
      }
    }
    for (const error of errors) this.onListenerError(error);
  }
}
