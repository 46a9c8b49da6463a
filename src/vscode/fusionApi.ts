import * as vscode from "vscode";
import type { Disposable, FusionApi, FusionSource, Snapshot } from "../../docs/fusion-data-stream.js";
import type { Clock } from "../core/clock.js";
import { EventSource } from "../core/event.js";
import type { AddedSources } from "../core/sources/addedSources.js";
import { ExtensionSource } from "../core/sources/extensionSource.js";
import type { FolderStream } from "../server/ownership/ports.js";
import { parseSource } from "./sourceRegistration.js";

export interface ApiParts {
  /** What the window shows, whoever has it. */
  readonly stream: Pick<FolderStream, "latest" | "onSnapshot">;
  readonly added: AddedSources;
  readonly clock: Clock;
  readonly onListenerError: (error: unknown) => void;
}

/** Version 1 of what other extensions can do with the stream. */
export class ExtensionApi implements FusionApi {
  readonly version = 1;
  private readonly copies = new WeakMap<Snapshot, Snapshot>();
  private readonly registered = new Set<string>();

  constructor(private readonly parts: ApiParts) {}

  get latest(): Snapshot | null {
    const { latest } = this.parts.stream;
    return latest && this.copyOf(latest);
  }

  onSnapshot(listener: (snapshot: Snapshot) => void): Disposable {
    if (typeof listener !== "function") throw new TypeError("onSnapshot takes a function.");
    let pending = true;
    const tell = (snapshot: Snapshot) => {
      pending = false;
      listener(this.copyOf(snapshot));
    };
    const { stream, onListenerError } = this.parts;
    const subscription = stream.onSnapshot(tell);
    const first = new EventSource<Snapshot>(onListenerError);
    first.subscribe(tell);
    // Not within the call: whoever subscribes does not hold yet what it could dispose of.
    queueMicrotask(() => {
      if (pending && stream.latest) first.fire(stream.latest);
    });
    return {
      dispose() {
        pending = false;
        subscription.dispose();
      },
    };
  }

  registerSource(extension: { readonly id: string }, given: FusionSource): Disposable {
    const owner = ownerOf(extension);
    const { ids, values, onDidChange } = parseSource(owner, given);
    for (const id of ids)
      if (this.registered.has(id))
        throw new TypeError(`There is a metric ${JSON.stringify(id)} already. Dispose of its source first.`);
    const changes = new EventSource<void>(this.parts.onListenerError);
    const source = new ExtensionSource(values, this.parts.clock, () => changes.fire());
    const told = onDidChange?.(() => source.tellChanged());
    for (const id of ids) this.registered.add(id);
    const entry = this.parts.added.add({
      name: owner.id,
      isOwn: true,
      source,
      onChange: (listener) => changes.subscribe(listener),
    });
    let over = false;
    return {
      dispose: () => {
        if (over) return;
        over = true;
        entry.dispose();
        source.dispose();
        for (const id of ids) this.registered.delete(id);
        told?.dispose();
      },
    };
  }

  /** One that nobody can change: the snapshot itself is shared by everything in this window. */
  private copyOf(snapshot: Snapshot): Snapshot {
    const known = this.copies.get(snapshot);
    if (known) return known;
    const copy = frozen(structuredClone(snapshot));
    this.copies.set(snapshot, copy);
    return copy;
  }
}

/** The extension of this id, which must be installed: its name stands beside every value it gives. */
function ownerOf(extension: { readonly id: string }): { readonly id: string; readonly title: string } {
  const id: unknown = extension?.id;
  const found = typeof id === "string" ? vscode.extensions.getExtension(id) : undefined;
  if (found === undefined)
    throw new TypeError('The first argument must be your extension: pass "context.extension".');
  const { displayName } = found.packageJSON as { readonly displayName?: unknown };
  const title = typeof displayName === "string" && displayName.trim() !== "" ? displayName : found.id;
  return { id: found.id.toLowerCase(), title };
}

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
