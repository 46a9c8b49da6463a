import * as vscode from "vscode";
import type { LoadedConfig } from "../core/config/configFile.js";
import type { ConfigTrouble } from "../protocol/panel.js";

/** What the Command Center tells of the followed folder besides its stream: a broken `fusion.json`, a history that grew. */
export class PanelFacts implements vscode.Disposable {
  configTrouble: ConfigTrouble | null = null;
  historyVersion = 0;
  private hasGoodConfig = false;
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onChange = this.changes.event;

  takeConfig({ document }: Pick<LoadedConfig, "document">): void {
    const error = document?.problems.find(({ severity }) => severity === "error");
    if (!error) {
      this.hasGoodConfig = document !== null;
      this.setTrouble(null);
      return;
    }
    const { line, message } = error;
    this.setTrouble({ line, message, usesLastGood: this.hasGoodConfig });
  }

  /** An import has added to the history. */
  historyGrew(): void {
    this.historyVersion++;
    this.changes.fire();
  }

  dispose(): void {
    this.changes.dispose();
  }

  private setTrouble(trouble: ConfigTrouble | null): void {
    if (JSON.stringify(trouble) === JSON.stringify(this.configTrouble)) return;
    this.configTrouble = trouble;
    this.changes.fire();
  }
}
