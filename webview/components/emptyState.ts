import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { PanelAction } from "../../src/protocol/panel.js";
import { say } from "../intent.js";
import { LightElement } from "./lightElement.js";
import "@vscode-elements/elements/dist/vscode-button/index.js";

/** Shown where there is nothing to show: it teaches the next step. */
@customElement("fusion-empty-state")
export class EmptyState extends LightElement {
  @property() kind: "empty" | "noFolder" = "empty";
  @property({ attribute: false }) expectedFiles: readonly string[] = [];

  protected override render(): TemplateResult {
    return this.kind === "noFolder" ? this.noFolder() : this.noData();
  }

  private noFolder(): TemplateResult {
    return html`<section class="empty" data-testid="no-folder">
      <span class="codicon codicon-folder-opened" aria-hidden="true"></span>
      <h2>${l10n.t("No folder is open")}</h2>
      <p>${l10n.t("Fusion reads the data files of your workspace. Open a folder that has some, or look at the sample first.")}</p>
      <div class="empty-actions">
        ${this.button("openFolder", l10n.t("Open a folder"))}
        ${this.button("openSample", l10n.t("Open sample workspace"), true)}
      </div>
    </section>`;
  }

  private noData(): TemplateResult {
    return html`<section class="empty" data-testid="empty">
      <span class="codicon codicon-pulse" aria-hidden="true"></span>
      <h2>${l10n.t("No data yet")}</h2>
      <p>${l10n.t("None of the files that Fusion reads is in this folder. The first one that appears shows up here by itself.")}</p>
      ${
        this.expectedFiles.length === 0
          ? nothing
          : html`<h3>${l10n.t("Files looked for")}</h3>
            <ul class="expected-files">
              ${this.expectedFiles.map((file) => html`<li><code>${file}</code></li>`)}
            </ul>`
      }
      <div class="empty-actions">
        ${this.button("addMetric", l10n.t("Add metric from file…"))}
        ${this.button("openSample", l10n.t("Open sample workspace"), true)}
      </div>
    </section>`;
  }

  private button(action: PanelAction, label: string, secondary = false): TemplateResult {
    return html`<vscode-button
      data-action=${action}
      ?secondary=${secondary}
      @click=${() => say(this, { kind: "ask", message: { type: "action", action } })}
      >${label}</vscode-button
    >`;
  }
}
