import type { Sockets } from "./sockets.js";

/** The Socket.IO side, loaded when the first client asks for it: the routes need none of it, and start without it. */
export class SocketsOnDemand {
  private loaded: Sockets | null = null;
  private loading: Promise<Sockets> | null = null;
  private closed = false;

  constructor(private readonly load: () => Promise<Sockets>) {}

  /** Sessions that are open, or about to be. */
  get sessionsCount(): number {
    return this.loaded?.engine.sessionsCount ?? 0;
  }

  /** Makes room for one more session, where one that has shown no good token can go. */
  makeRoom(): boolean {
    return this.loaded?.makeRoom() ?? false;
  }

  /**
   * The loaded sockets. Rejects where they are closed or cannot be loaded. Whoever waited asks again what may have
   * changed meanwhile: whether the stream stops, and whether there is a place.
   */
  async get(): Promise<Sockets> {
    if (this.closed) throw new Error("The stream is stopping.");
    if (this.loaded) return this.loaded;
    this.loading ??= this.load().catch((error: unknown) => {
      // Out of file handles, say, or in the middle of an update: the next client may have more luck.
      this.loading = null;
      throw error;
    });
    this.loaded = await this.loading;
    return this.loaded;
  }

  /** Closes every connection, and those that a load under way would make possible. */
  async close(): Promise<void> {
    this.closed = true;
    const sockets = await this.loading?.catch(() => null);
    await sockets?.close();
  }
}
