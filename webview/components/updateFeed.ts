import * as l10n from "@vscode/l10n";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { CONCEALED } from "../../src/protocol/display.js";
import { displayApart } from "../../src/protocol/displayApart.js";
import { measuredTime } from "../../src/protocol/duration.js";
import type { FeedEntry, MetricChange } from "../../src/protocol/status.js";
import { clockTime, exactTime } from "../model/time.js";
import { hiddenValue } from "./hiddenValue.js";
import { LightElement } from "./lightElement.js";

/** What just happened: the last emissions, the newest on top and always in view. */
@customElement("fusion-update-feed")
export class UpdateFeed extends LightElement {
  @property({ attribute: false }) entries: readonly FeedEntry[] = [];
  @property() locale = "en";

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="feed-heading">
      <h2 id="feed-heading" class="section-heading">${l10n.t("Feed")}</h2>
      ${
        this.entries.length === 0
          ? html`<p class="panel-box row quiet" data-testid="feed">${l10n.t("No updates yet.")}</p>`
          : html`<ol class="panel-box feed" data-testid="feed" aria-labelledby="feed-heading">
            ${repeat(
              this.entries,
              ({ sequence, timestamp }) => `${sequence} ${timestamp}`,
              (entry) => this.entry(entry),
            )}
          </ol>`
      }
    </section>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const feed = this.querySelector<HTMLElement>("ol.feed");
    if (!feed) return;
    const known = changed.get("entries")?.[0]?.timestamp;
    if (changed.has("entries") && this.entries[0]?.timestamp !== known) feed.scrollTop = 0;
    // What scrolls must be reachable by keyboard; what does not must not be a stop on the way.
    if (feed.scrollHeight > feed.clientHeight) feed.tabIndex = 0;
    else feed.removeAttribute("tabindex");
  }

  private entry({ timestamp, trigger, collectMs, changes }: FeedEntry): TemplateResult {
    return html`<li class="feed-entry" data-testid="feed-entry">
      <time datetime=${timestamp} title=${exactTime(timestamp, this.locale)}
        >${clockTime(timestamp, this.locale)}</time
      >
      <span class="feed-changes">
        ${
          changes.length === 0
            ? html`<span class="quiet">${unchangedLabel(trigger)}</span>`
            : changes.map((change) => this.chip(change))
        }
      </span>
      <span class="feed-cause">${triggerLabel(trigger)} · <bdi>${measuredTime(collectMs, this.locale)}</bdi></span>
    </li>`;
  }

  private chip(change: MetricChange): TemplateResult {
    if (change.concealed) return hiddenChip(change.label);
    const [from, to] = displayApart([change.from, change.to], change, this.locale);
    return html`<span class="chip" title=${l10n.t("{0} {1} → {2}", change.label, from, to)}
      ><bdi class="chip-label">${change.label}</bdi> <bdi class="chip-from">${from}</bdi>
      <span class="onward" aria-hidden="true">→</span><span class="visually-hidden">${l10n.t("to")}</span>
      <strong class="chip-to"><bdi>${to}</bdi></strong></span
    >`;
  }
}

function hiddenChip(label: string): TemplateResult {
  return html`<span class="chip"
    ><bdi class="chip-label">${label}</bdi> <span class="chip-from" aria-hidden="true">${CONCEALED}</span>
    <span class="onward" aria-hidden="true">→</span> <strong class="chip-to">${hiddenValue()}</strong></span
  >`;
}

/** The first update of a folder has nothing before it that it could have changed. */
function unchangedLabel(trigger: FeedEntry["trigger"]): string {
  return trigger === "start" || trigger === "folder" ? l10n.t("First update") : l10n.t("No change");
}

function triggerLabel(trigger: FeedEntry["trigger"]): string {
  switch (trigger) {
    case "start":
      return l10n.t("start");
    case "interval":
      return l10n.t("interval");
    case "file":
      return l10n.t("file changed");
    case "firstReading":
      return l10n.t("first reading");
    case "refresh":
      return l10n.t("refresh");
    case "folder":
      return l10n.t("folder changed");
  }
}
