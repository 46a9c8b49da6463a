import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { claim, type Ownership } from "./claim.js";
import type { MeetingPlace } from "./place.js";
import { NotTheOwner } from "./proof.js";
import { RemoteFolder } from "./remoteFolder.js";

/** Who proves nothing is asked again after so long (ms), and who ended before it answered after so long. */
const RETRY_MS = 2_000;
const NEXT_MS = 100;

/** An owner that has not answered by then (ms) counts as halted. */
const PATIENCE_MS = 5_000;

/** What a process is to a folder that it follows. */
export type Role =
  /** Its stream and its history are this process'. `before`: of the one that had them until now. */
  | { readonly kind: "owner"; readonly before: RemoteFolder | null }
  /** Nobody can be met, so that the stream is this process' without anybody knowing: why, for people. */
  | { readonly kind: "alone"; readonly reason: string }
  /** Another process has them. */
  | { readonly kind: "client"; readonly remote: RemoteFolder }
  /** Another one holds the place and does not answer, or is not what it should be: why, for people. */
  | { readonly kind: "waiting"; readonly reason: string };

export interface SeatOptions {
  readonly place: MeetingPlace;
  /** The folder's key; asked for when another process is there. */
  readonly key: () => Promise<Uint8Array>;
  readonly purpose: "window" | "process";
  /** Takes the connections of other processes, while this one is the owner. */
  readonly welcome: (connection: Socket) => void;
  /** Told the role at first, and whenever it changes. */
  readonly onRole: (role: Role) => void;
}

/** A process' seat at a folder: as its owner, or as the client of the owner, whose place it takes when that is gone. */
export class Seat {
  private ownership: Ownership | null = null;
  private connection: Socket | null = null;
  /** Why it waits, where it does. */
  private told: string | null = null;
  private readonly ending = new AbortController();
  private readonly run: Promise<void>;

  constructor(private readonly options: SeatOptions) {
    this.run = this.sit();
  }

  /** Lets go of the folder. Whoever owns it stops its stream and closes its history before. */
  async leave(): Promise<void> {
    this.ending.abort();
    this.connection?.destroy();
    await this.run;
    await this.ownership?.release();
  }

  private async sit(): Promise<void> {
    const { place, welcome } = this.options;
    let before: RemoteFolder | null = null;
    while (!this.ended) {
      const claimed = await claim(place, welcome).catch((error: unknown) => ({ error }));
      if ("error" in claimed) {
        if (isExhaustion(claimed.error)) {
          await this.rest(RETRY_MS);
          continue;
        }
        if (!this.ended) this.tell({ kind: "alone", reason: reasonOf(claimed.error) });
        return;
      }
      if (claimed.kind === "owned") {
        this.ownership = claimed.ownership;
        if (!this.ended) this.tell({ kind: "owner", before });
        return;
      }
      try {
        before = await this.follow(claimed.connection);
      } catch (error) {
        if (this.ended) return;
        if (error instanceof NotTheOwner) this.tell({ kind: "waiting", reason: error.message });
        await this.rest(error instanceof NotTheOwner ? RETRY_MS : NEXT_MS);
      }
    }
  }

  private tell(role: Role): void {
    const reason = role.kind === "waiting" ? role.reason : null;
    // Who proves nothing is asked again and again, to the same end.
    if (reason !== null && reason === this.told) return;
    this.told = reason;
    this.options.onRole(role);
  }

  private get ended(): boolean {
    return this.ending.signal.aborted;
  }

  private async rest(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.ending.signal }).catch(() => undefined);
  }

  /**
   * Follows the owner until it is gone.
   * @returns what was known of it
   * @throws NotTheOwner where it is not; Error where it was gone before it answered
   */
  private async follow(connection: Socket): Promise<RemoteFolder> {
    this.connection = connection;
    if (this.ended) connection.destroy();
    const { place, purpose } = this.options;
    const halted = setTimeout(() => this.tell({ kind: "waiting", reason: HALTED }), PATIENCE_MS);
    try {
      const key = await this.options.key();
      const remote = await RemoteFolder.join(connection, { place, key, purpose });
      clearTimeout(halted);
      if (!this.ended) this.tell({ kind: "client", remote });
      await remote.closed;
      return remote;
    } finally {
      clearTimeout(halted);
      connection.destroy();
    }
  }
}

const HALTED = "The process that has this folder's stream does not answer.";

/** Whether a claim failed only because this process or machine has too much open: whoever went on alone would stay so. */
function isExhaustion(error: unknown): boolean {
  const { code = "" } = error as NodeJS.ErrnoException;
  return ["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"].includes(code);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
