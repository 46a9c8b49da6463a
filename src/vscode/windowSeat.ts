import * as vscode from "vscode";
import { DisposableStore } from "../core/disposable.js";
import { folderId } from "../core/folderId.js";
import { stateFolder } from "../core/stateFolder.js";
import { Board } from "../server/ownership/board.js";
import { OwnerDesk } from "../server/ownership/ownerDesk.js";
import { meetingPlace } from "../server/ownership/place.js";
import { portBefore } from "../server/ownership/portBefore.js";
import type { FolderParts, ServerAddress } from "../server/ownership/ports.js";
import type { RemoteFolder } from "../server/ownership/remoteFolder.js";
import { type Role, Seat } from "../server/ownership/seat.js";
import { memoryTokenStorage, type TokenStorage } from "../server/tokenStorage.js";
import type { ActiveFolder } from "./activeFolder.js";
import { FollowedFolder, type OwnParts } from "./followedFolder.js";
import type { ServerHost } from "./serverHost.js";
import { sharedKey, sharedTokens } from "./sharedSecrets.js";
import type { ShownParts } from "./shownParts.js";

export interface WindowSeatOptions extends OwnParts {
  readonly activeFolder: ActiveFolder;
  readonly server: ServerHost;
  readonly shown: ShownParts;
  /** Told which folder's stream is this window's own; `null` for none. */
  readonly owned: Board<vscode.WorkspaceFolder | null>;
  readonly log: (line: string) => void;
}

/**
 * The window's seat at the active folder. The first window or process there has its stream, its history and its server;
 * every other window shows those, and one of them takes over when the first one goes. Without trust, a window reads for
 * itself alone.
 */
export class WindowSeat {
  private readonly own: FolderParts;
  private readonly subscriptions = new DisposableStore();
  /** What holds for the present role only. */
  private duties = new DisposableStore();
  private folder: FollowedFolder | null = null;
  private seat: Seat | null = null;
  private speaker: { readonly speaks: Board<boolean>; focused(): void } | null = null;
  private followed: string | null = null;
  private turn: Promise<void> = Promise.resolve();
  /** Called when it is known who has the stream. */
  private waiting: (() => void)[] | null = [];

  constructor(private readonly options: WindowSeatOptions) {
    const { activeFolder, stream, alerts, history } = options;
    this.own = { stream, alerts, history };
    const follow = (folder: vscode.WorkspaceFolder | null) => {
      this.followed = folder?.uri.toString() ?? null;
      this.inTurn(() => this.sitDown(folder));
    };
    let begun = false;
    for (const subscription of [
      activeFolder.onChange((folder) => {
        if (begun && (folder?.uri.toString() ?? null) === this.followed) return;
        begun = true;
        follow(folder);
      }),
      // What waited for trust begins now.
      vscode.workspace.onDidGrantWorkspaceTrust(() => follow(activeFolder.folder)),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.speaker?.focused();
      }),
    ])
      this.subscriptions.add(subscription);
  }

  /** Whether this is the one of all windows on the folder that speaks to the user of what concerns all of them. */
  get speaks(): boolean {
    return this.speaker?.speaks.value ?? true;
  }

  /** Settles when it is known who has the stream. */
  seated(): Promise<void> {
    return new Promise((resolve) => (this.waiting ? void this.waiting.push(resolve) : resolve()));
  }

  /** Lets go of the folder: of its stream and its history first, and then of its place. */
  async dispose(): Promise<void> {
    this.subscriptions.dispose();
    this.inTurn(() => this.standUp());
    await this.turn;
  }

  private inTurn(work: () => Promise<void>): void {
    this.turn = this.turn.then(work).catch((error) => this.options.log(`❌ ${String(error)}`));
  }

  private async sitDown(workspaceFolder: vscode.WorkspaceFolder | null): Promise<void> {
    this.waiting ??= [];
    await this.standUp();
    const { shown, server, log, owned } = this.options;
    // It knows nothing as yet; another process' stream would still tell of the folder before.
    shown.show(this.own);
    owned.set(null);
    if (workspaceFolder === null) {
      await server.use({ kind: "own", tokens: windowTokens, port: null, listen: false });
      this.endWait();
      return;
    }
    const folder = await FollowedFolder.at(workspaceFolder, this.options);
    this.folder = folder;
    if (!folder.trusted) {
      await this.beginOwn(folder, null, false);
      this.endWait();
      return;
    }
    let open = (_: OwnerDesk) => {};
    const desk = new Promise<OwnerDesk>((resolve) => {
      open = resolve;
    });
    const key = lazily(() => sharedKey(folder.identity, log));
    const seat = new Seat({
      place: meetingPlace(stateFolder(), folderId(folder.identity)),
      key,
      purpose: "window",
      welcome: (connection) => void desk.then((opened) => opened.take(connection)),
      onRole: (role) =>
        this.inTurn(async () => {
          if (this.seat !== seat) return;
          await this.take(role, folder, key, open);
          this.endWait();
        }),
    });
    this.seat = seat;
  }

  private async standUp(): Promise<void> {
    const { server } = this.options;
    this.endDuties();
    await Promise.all([server.use({ kind: "none", reason: null }), this.folder?.leave()]);
    this.folder = null;
    const { seat } = this;
    this.seat = null;
    await seat?.leave();
  }

  private async take(
    role: Role,
    folder: FollowedFolder,
    key: () => Promise<Uint8Array>,
    open: (desk: OwnerDesk) => void,
  ): Promise<void> {
    const { server, shown, owned, log } = this.options;
    this.endDuties();
    if (role.kind === "waiting") {
      log(`⚠️ ${role.reason}`);
      await server.use({ kind: "none", reason: role.reason });
    } else if (role.kind === "client") {
      const { remote } = role;
      log("🔗 Another window or process has the stream of this folder. This window shows it.");
      this.speakAs(remote);
      this.duties.add(remote.offerSources(this.options.added));
      this.duties.add(remote.config.onChange((document) => folder.showConfig(document)));
      folder.showConfig(remote.config.value);
      owned.set(null);
      shown.show(remote.parts);
      await server.use({ kind: "other", remote, tokens: () => sharedTokens(folder.identity, log) });
      void remote.closed.then(() =>
        this.inTurn(async () => {
          // Until it is known who comes next, the panel waits.
          if (server.serves(remote)) await server.use({ kind: "none", reason: null });
        }),
      );
    } else {
      if (role.kind === "alone") log(`⚠️ Other windows cannot find this one: ${role.reason}`);
      await this.beginOwn(folder, role.kind === "owner" ? role.before : null, true);
      open(this.openDesk(folder, key));
    }
  }

  /** The stream is this window's own from now on. */
  private async beginOwn(
    folder: FollowedFolder,
    before: RemoteFolder | null,
    listen: boolean,
  ): Promise<void> {
    const { server, stream, shown, owned, log } = this.options;
    const known = before?.parts.stream ?? null;
    if (before) log("🔗 The one that had the stream has ended. This window has it now.");
    if (known) stream.setInterval(known.status().interval.minutes);
    owned.set(folder.workspaceFolder);
    const tokens = listen ? () => sharedTokens(folder.identity, log) : windowTokens;
    await server.use({ kind: "own", tokens, port: portBefore(before), listen });
    const first = stream.onSnapshot(() => {
      first.dispose();
      // The first number must not wait for the server, which other programs need, but not this second.
      if (listen) setImmediate(() => server.ensureOwn().catch(() => undefined));
    });
    this.duties.add(first);
    await folder.follow(known?.latest ?? null);
    shown.show(this.own);
  }

  private endWait(): void {
    for (const go of this.waiting ?? []) go();
    this.waiting = null;
  }

  private openDesk(folder: FollowedFolder, key: () => Promise<Uint8Array>): OwnerDesk {
    const { added, server } = this.options;
    const address = new Board<ServerAddress>(server.address);
    this.duties.add(
      server.onChange(() => {
        const { url, error } = server.address;
        if (url !== address.value.url || error !== address.value.error) address.set({ url, error });
      }),
    );
    const desk = new OwnerDesk(
      { parts: this.own, config: folder.config, address, added, server: () => server.ensureOwn(), key },
      true,
    );
    this.speaker = { speaks: desk.speakers.own, focused: () => desk.speakers.choose(null) };
    return desk;
  }

  private speakAs(remote: RemoteFolder): void {
    this.speaker = remote;
    if (vscode.window.state.focused) remote.focused();
  }

  private endDuties(): void {
    this.duties.dispose();
    this.duties = new DisposableStore();
    this.speaker = null;
  }
}

/** Tokens that nothing outside this window knows, for as long as it lasts. */
async function windowTokens(): Promise<TokenStorage> {
  return memoryTokenStorage();
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
