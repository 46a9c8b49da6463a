import type { Disposable } from "../../core/disposable.js";
import { EventSource } from "../../core/event.js";

/** A value that is shown as it is now, and whoever looks is told when it changes. */
export class Board<T> {
  private readonly changes = new EventSource<T>((error) => {
    throw error;
  });

  constructor(private shown: T) {}

  get value(): T {
    return this.shown;
  }

  set(value: T): void {
    this.shown = value;
    this.changes.fire(value);
  }

  onChange(listener: (value: T) => void): Disposable {
    return this.changes.subscribe(listener);
  }
}
