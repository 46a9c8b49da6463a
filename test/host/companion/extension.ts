/** Another extension, as an integrator writes one against the types that Fusion ships. */
import * as vscode from "vscode";
import type {
  Disposable,
  FusionApi,
  FusionExports,
  FusionSource,
  Snapshot,
  SourceValues,
} from "../../../docs/fusion-data-stream.js";

/** By which a test makes this extension do what extensions do. */
export interface Companion {
  readonly api: FusionApi;
  /** Every snapshot that came. */
  readonly seen: readonly Snapshot[];
  /** How often the values were read. */
  readonly reads: number;
  /** What a reading does from now on. */
  give(read: () => SourceValues | Promise<SourceValues>): void;
  register(source?: Partial<FusionSource>): Disposable;
}

export async function activate(context: vscode.ExtensionContext): Promise<Companion> {
  const fusion = vscode.extensions.getExtension<FusionExports>("ahk.fusion-data-stream");
  if (!fusion) throw new Error("Fusion is not installed.");
  const api = (await fusion.activate()).getApi(1);
  const changed = new vscode.EventEmitter<void>();
  const seen: Snapshot[] = [];
  let reads = 0;
  let read: () => SourceValues | Promise<SourceValues> = () => ({ failing: 2, branch: "main" });
  context.subscriptions.push(
    changed,
    api.onSnapshot((snapshot) => seen.push(snapshot)),
  );
  return {
    api,
    seen,
    get reads() {
      return reads;
    },
    give(next) {
      read = next;
      changed.fire();
    },
    register(source = {}) {
      return api.registerSource(context.extension, {
        metrics: {
          failing: { label: "Failing builds", icon: "error" },
          branch: { label: "Branch", format: "text" },
        },
        read() {
          reads++;
          return read();
        },
        onDidChange: changed.event,
        ...source,
      });
    },
  };
}
