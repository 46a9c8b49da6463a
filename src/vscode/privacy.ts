import * as vscode from "vscode";
import type { Settings } from "./settings.js";

const CHOICE_KEY = "fusion.privacyMode";

/** A choice holds for as long as the setting is what it was then: whoever changes that wants it to count. */
interface Choice {
  readonly on: boolean;
  readonly setting: boolean;
}

/** Whether this window hides all values: as the setting wants it, until the window's user chooses otherwise. */
export class Privacy implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  readonly onChange = this.changed.event;

  /** @param memento remembers the choice for this window */
  constructor(
    private readonly memento: vscode.Memento,
    private readonly settings: Settings,
  ) {
    this.subscription = settings.onChange((affects) => {
      if (!affects("privacyMode")) return;
      // It would count again when the setting is what it was.
      void this.memento.update(CHOICE_KEY, undefined);
      this.changed.fire();
    });
  }

  get isOn(): boolean {
    const { privacyMode } = this.settings;
    const choice = this.memento.get<Choice>(CHOICE_KEY);
    return choice?.setting === privacyMode ? choice.on : privacyMode;
  }

  async toggle(): Promise<void> {
    const choice: Choice = { on: !this.isOn, setting: this.settings.privacyMode };
    const kept = this.memento.update(CHOICE_KEY, choice);
    this.changed.fire();
    await kept;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
