import type { Disposable } from "../disposable.js";
import { EventSource } from "../event.js";
import type { Source } from "./source.js";

/** A source that is no part of the folder: an extension gives its values. */
export interface AddedSource {
  /** The extension's id. */
  readonly name: string;
  readonly source: Source;
  /** Whether this process reads it; else another one does, which has no stream of its own. */
  readonly isOwn: boolean;
  /** @param listener called when its values may have changed */
  onChange(listener: () => void): Disposable;
}

/** The added sources that a process knows of, in the order in which they came. */
export class AddedSources {
  private readonly held: { readonly added: AddedSource; readonly subscription: Disposable }[] = [];
  private readonly changes = new EventSource<void>((error) => {
    throw error;
  });
  private counted: readonly AddedSource[] = [];

  /**
   * Those that count: of several with a metric of the same id the first, and the next one once that is gone. Another
   * array whenever they change.
   */
  get list(): readonly AddedSource[] {
    return this.counted;
  }

  add(added: AddedSource): Disposable {
    const entry = { added, subscription: added.onChange(() => this.changes.fire()) };
    this.held.push(entry);
    this.count();
    return {
      dispose: () => {
        const index = this.held.indexOf(entry);
        if (index < 0) return;
        this.held.splice(index, 1);
        entry.subscription.dispose();
        this.count();
      },
    };
  }

  /** @param listener called when the list has changed, or a source's values may have */
  onChange(listener: () => void): Disposable {
    return this.changes.subscribe(listener);
  }

  private count(): void {
    const taken = new Set<string>();
    this.counted = this.held.flatMap(({ added }) => {
      const ids = Object.keys(added.source.metrics);
      if (ids.some((id) => taken.has(id))) return [];
      for (const id of ids) taken.add(id);
      return [added];
    });
    this.changes.fire();
  }
}
