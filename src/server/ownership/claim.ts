import { once } from "node:events";
import { rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { ensurePrivateFolder } from "../../core/privateFolder.js";
import type { MeetingPlace } from "./place.js";

/** Who meets others that contend for the same folder waits up to so long (ms) before the next try. */
const MAX_REST_MS = 50;

/** The folder is this process' own for as long as it lives, or until it lets go. */
export interface Ownership {
  /** Lets go of the folder, and of everybody who is connected. */
  release(): Promise<void>;
}

/** What came of a claim: this process owns the folder, or is connected to the one that does. */
export type Claimed =
  | { readonly kind: "owned"; readonly ownership: Ownership }
  | { readonly kind: "held"; readonly connection: Socket };

/**
 * Claims a folder by listening at its meeting place: the system lets one process do so, and takes the place back when
 * that ends, however it does. A socket that a process left behind is never made anew: its successor takes the next
 * generation's, checks that no other one is listened on, and only then clears away what refused a connection. So nothing
 * that somebody is about to listen on is ever removed for being stale.
 * @param welcome takes the connections of other processes, once the folder is owned
 * @throws Error where the place cannot be used
 */
export async function claim(place: MeetingPlace, welcome: (connection: Socket) => void): Promise<Claimed> {
  if (place.folder !== null) ensurePrivateFolder(place.folder);
  for (;;) {
    const generations = generationsOf(place);
    const owner = await firstAlive(place, generations);
    if (owner) return { kind: "held", connection: owner };
    const generation = (generations[0] ?? 0) + 1;
    const listener = new Listener(place.address(generation));
    let owned = false;
    try {
      owned = (await listener.begin()) && (await isAlone(place, generation));
    } finally {
      // What is listened on and never answered would keep all others waiting, this process too.
      if (!owned) await listener.release();
    }
    if (owned) {
      listener.open(welcome);
      return { kind: "owned", ownership: listener };
    }
    await delay(Math.random() * MAX_REST_MS);
  }
}

/** A connection to the process that owns the folder; `null` where there is none. */
export async function connectToOwner(place: MeetingPlace): Promise<Socket | null> {
  return await firstAlive(place, generationsOf(place));
}

/** The generations to look at: where the system has named pipes there is one, to be met or not. */
function generationsOf(place: MeetingPlace): readonly number[] {
  return place.folder === null ? [1] : place.generations();
}

/** A connection to the first of these generations that somebody listens on. */
async function firstAlive(place: MeetingPlace, generations: readonly number[]): Promise<Socket | null> {
  for (const generation of generations) {
    const connection = await connected(place.address(generation));
    if (connection) return connection;
  }
  return null;
}

/** Whether this generation is in its place and all others are dead, which then are cleared away. */
async function isAlone(place: MeetingPlace, own: number): Promise<boolean> {
  if (place.folder === null) return true;
  const generations = place.generations();
  const others = generations.filter((generation) => generation !== own);
  const other = await firstAlive(place, others);
  other?.destroy();
  if (other || !generations.includes(own)) return false;
  for (const generation of others) await rm(place.address(generation), { force: true });
  return true;
}

/** A connection to whoever listens there, however busy or halted; `null` where nobody does. */
async function connected(address: string): Promise<Socket | null> {
  for (;;) {
    const connection = connect(address);
    connection.on("error", () => undefined);
    try {
      await once(connection, "connect");
      return connection;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ECONNREFUSED" || code === "ENOENT" || code === "ECONNRESET") return null;
      // Its queue is full: somebody is there.
      if (code !== "EAGAIN" && code !== "EBUSY") throw error;
      await delay(MAX_REST_MS);
    }
  }
}

class Listener implements Ownership {
  private readonly server: Server = createServer();
  private readonly connections = new Set<Socket>();
  private welcome: ((connection: Socket) => void) | null = null;

  constructor(private readonly address: string) {
    this.server.on("connection", (connection) => {
      this.connections.add(connection);
      connection.on("error", () => undefined).once("close", () => this.connections.delete(connection));
      this.welcome?.(connection);
    });
  }

  /** @returns whether nobody else listens there */
  async begin(): Promise<boolean> {
    this.server.listen(this.address);
    try {
      await once(this.server, "listening");
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return false;
      throw error;
    }
  }

  open(welcome: (connection: Socket) => void): void {
    this.welcome = welcome;
    for (const connection of this.connections) welcome(connection);
  }

  async release(): Promise<void> {
    this.welcome = null;
    const closed = this.server.listening
      ? new Promise<void>((resolve) => this.server.close(() => resolve()))
      : Promise.resolve();
    for (const connection of this.connections) connection.destroy();
    await closed;
  }
}
