import type { HistoryState } from "../../protocol/history.js";
import { closeQuietly, isDamage, openDatabase, setAside } from "./database.js";
import type { HistoryStore } from "./historyStore.js";
import type { Observation } from "./observation.js";
import { SqliteStore } from "./sqliteStore.js";
import { isStorageError, storageTrouble } from "./storageTrouble.js";

/** How often (ms) a storage that failed is tried again. */
const RETRY_MS = 3_000;

/** Observations kept in memory until the storage is back: days of them. */
const MAX_WAITING = 1_000;

interface Waiting {
  readonly observation: Observation;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Keeps a database open: begins a new one where it is damaged, and waits for storage that is full, locked or gone. */
export class StoreKeeper {
  private store: SqliteStore | null = null;
  private readonly waiting: Waiting[] = [];
  private retry: NodeJS.Timeout | null = null;
  private said: string | null = null;
  /** The database in use: the one asked for, or the one beside a newer version's. */
  private used: string;
  private readonly told = new Set<string>();

  /** @param onTrouble told once of each trouble, until it is over, in a sentence for people */
  constructor(
    private readonly sqlite: typeof import("node:sqlite"),
    private readonly file: string,
    private readonly onTrouble: (message: string) => void,
  ) {
    this.used = file;
  }

  get state(): HistoryState {
    return this.retry ? "waiting" : "stored";
  }

  get trouble(): string | null {
    return this.retry ? this.said : null;
  }

  /** Settles when the observation is in the database, which may be after a wait; rejected where it had to be dropped. */
  record(observation: Observation): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ observation, resolve, reject });
      if (this.waiting.length > MAX_WAITING) {
        this.waiting.shift()?.reject(new Error("The history could not be written for too long."));
      }
      if (!this.retry) this.flush();
    });
  }

  /**
   * Works with the store; a damaged one is replaced and the work done again.
   * @throws what keeps the storage from working
   */
  use<T>(work: (store: HistoryStore) => T): T {
    if (this.retry) throw new Error(this.said ?? "");
    try {
      return this.withStore(work);
    } catch (error) {
      if (isStorageError(error)) this.wait(error);
      throw error;
    }
  }

  close(): void {
    if (this.retry) this.flush();
    if (this.retry) clearTimeout(this.retry);
    for (const { reject } of this.waiting.splice(0)) reject(new Error("The history has ended."));
    this.drop();
  }

  private flush(): void {
    try {
      for (let next = this.waiting[0]; next; next = this.waiting[0]) {
        const { observation } = next;
        this.withStore((store) => store.record(observation));
        this.waiting.shift();
        next.resolve();
      }
      this.goOn();
    } catch (error) {
      this.wait(error);
    }
  }

  private withStore<T>(work: (store: HistoryStore) => T): T {
    try {
      return work(this.opened());
    } catch (error) {
      const damaged = isDamage(error, this.store === null);
      if (isStorageError(error)) this.drop();
      if (!damaged) throw error;
      const aside = setAside(this.used, Date.now());
      this.tell(`The history was damaged. It is kept as ${aside}, and a new one begins.`);
      return work(this.opened());
    }
  }

  private opened(): SqliteStore {
    if (this.store && !this.store.inPlace) this.drop();
    if (this.store) return this.store;
    this.used = this.file;
    const opened = openDatabase(this.sqlite, this.file, (newer, used) => {
      this.used = used;
      this.tell(
        `${newer} was written by a newer version of Fusion and stays as it is; ${used} is used instead.`,
      );
    });
    try {
      this.store = new SqliteStore(opened);
    } catch (error) {
      closeQuietly(opened.database);
      throw error;
    }
    return this.store;
  }

  private drop(): void {
    this.store?.close();
    this.store = null;
  }

  private wait(error: unknown): void {
    const message = storageTrouble(error, this.file);
    this.tell(message);
    this.said = message;
    if (this.retry) clearTimeout(this.retry);
    this.retry = setTimeout(() => this.flush(), RETRY_MS);
  }

  private tell(message: string): void {
    if (!this.told.has(message)) this.onTrouble(message);
    this.told.add(message);
  }

  private goOn(): void {
    if (this.retry) clearTimeout(this.retry);
    this.retry = null;
    if (this.said) this.told.delete(this.said);
    this.said = null;
  }
}
