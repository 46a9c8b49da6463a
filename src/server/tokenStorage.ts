import type { Disposable } from "../core/disposable.js";
import { EventSource } from "../core/event.js";

/** One text in a private place, which other processes may change too. */
export interface KeptText {
  /** `null` where nothing is kept yet. Rejects where it cannot be read. */
  read(): Promise<string | null>;
  /**
   * Replaces what is kept, whoever else does so at the same time.
   * @param change makes the new text of the kept one; called again where somebody was faster. What it throws is rejected with
   */
  update(change: (kept: string | null) => string): Promise<void>;
  /** @param listener called when the text may have changed, by this process or another one */
  onChange(listener: () => void): Disposable;
}

/** Where a stream's tokens are kept. */
export interface TokenStorage {
  /** The keys, and the list of tokens. */
  readonly ledger: KeptText;
  /** When each token was last used: apart, as only the running server writes it, and often. */
  readonly uses: KeptText;
}

/** Lasts as long as the process. */
class MemoryText implements KeptText {
  private text: string | null = null;
  private readonly changes = new EventSource<void>((error) => {
    throw error;
  });

  async read(): Promise<string | null> {
    return this.text;
  }

  async update(change: (kept: string | null) => string): Promise<void> {
    this.text = change(this.text);
    this.changes.fire();
  }

  onChange(listener: () => void): Disposable {
    return this.changes.subscribe(listener);
  }
}

/** Tokens that are valid until the process ends. */
export function memoryTokenStorage(): TokenStorage {
  return { ledger: new MemoryText(), uses: new MemoryText() };
}
