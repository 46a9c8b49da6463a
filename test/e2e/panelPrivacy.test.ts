import assert from "node:assert/strict";
import type { PanelHarness } from "../support/panelHarness.js";
import { showsText, usePanels } from "../support/panelSuite.js";
import {
  alert,
  changed,
  feedEntry,
  insights,
  revenueChange,
  snapshot,
  status,
} from "../support/snapshots.js";
import { waitFor } from "../support/waitFor.js";

/** Of the sample and its changes: no value, no difference, no share, no threshold, nothing of a recommendation. */
const AMOUNTS = /12[.,]?450|12[.,]?000|12[.,]?900|\$\d|3\.8|10[.,]000|2,100|02:00/;

describe("The Command Center in privacy mode", () => {
  const panels = usePanels();

  const open = (concealed: boolean) =>
    panels.open({
      state: { concealed },
      prepare: (stream) => {
        const revenue = { value: 12_450, previous: 12_000 };
        stream.snapshot = changed(snapshot(), "revenue", revenue);
        stream.status = status({ feed: [feedEntry(3, { changes: [revenueChange(12_000, 12_450)] })] });
        stream.alerts = [alert({ message: "MRR is $9,800, below $10,000." })];
      },
    });

  it("has no value in any text, label, title or attribute, and gives them all back", async () => {
    const panel = await open(false);
    await showsText(panel.card("revenue"), /\$12,450/);
    await showsText(panel.find("feed"), /\$12,000/);
    assert.match(await everything(panel), AMOUNTS, "there is something to hide");

    await panel.setState({ concealed: true });
    await showsText(panel.card("revenue"), /MRR.*•••.*Hidden/);
    await showsText(panel.find("feed"), /MRR ••• → •••Hidden/);
    await showsText(panel.find("alert").first(), /•••/);
    await panel.find("insight-toggle").first().click();
    await showsText(panel.find("insight-description"), /•••/);
    await panel.page.locator('fusion-metric-card:has([data-metric="revenue"])').hover();
    await panel.page.locator('fusion-metric-card:has([data-metric="revenue"])').getByTestId("why").click();
    await showsText(panel.page.locator(".explanation-value").first(), "•••Hidden");
    assert.doesNotMatch(await everything(panel), AMOUNTS);
    assert.equal(await panel.page.locator("[data-value]").count(), 0);
    assert.equal(await panel.page.locator("fusion-sparkline").count(), 0);

    await panel.setState({ concealed: false });
    await panel.page.waitForSelector('[data-metric="revenue"][data-value="12450"]');
    await showsText(panel.find("feed"), /\$12,000/);
  });

  it("stays silent about values that change, and forgets what was said before", async () => {
    const panel = await open(false);
    await panel.card("revenue").waitFor();
    panel.change({ value: 12_900 });
    await showsText(panel.find("announcer"), /MRR: \$12,900/);
    await panel.setState({ concealed: true });
    await showsText(panel.find("announcer"), "Values are hidden.");
    panel.change({ value: 13_500 });
    await showsText(panel.find("announcer"), "MRR changed");
    assert.doesNotMatch(await everything(panel), /13[.,]?500/);
  });

  it("hides the trend, its line included, and shows it again", async () => {
    const panel = await open(false);
    await panel.card("revenue").waitFor();
    await panel.page.getByRole("button", { name: "Show trend of MRR" }).click();
    await panel.find("trend").waitFor();
    await panel.setState({ concealed: true });
    await panel.find("trend-concealed").waitFor();
    assert.equal(await panel.find("trend").count(), 0);
    await panel.setState({ concealed: false });
    await panel.find("trend").waitFor();
  });

  it("leaves the focus and the trend's range where they were when it ends", async () => {
    const panel = await open(false);
    await panel.card("revenue").waitFor();
    await panel.page.getByRole("button", { name: "Show trend of MRR" }).click();
    await panel.page.locator('[data-range="7d"]').click();
    await panel.setState({ concealed: true });
    await panel.find("trend-concealed").waitFor();
    await panel.card("memos").focus();
    await panel.setState({ concealed: false });
    await panel.page.waitForSelector('[data-testid="trend"][aria-busy="false"]');
    assert.equal(await panel.page.locator('[data-range="7d"]').getAttribute("aria-pressed"), "true");
    assert.equal(await panel.card("memos").evaluate((card) => card === document.activeElement), true);
  });

  it("says so in the header, and ends by the button there", async () => {
    const panel = await open(true);
    await showsText(panel.find("privacy"), "Privacy mode");
    await panel.find("privacy-end").click();
    await panel.sent({ type: "action", action: "togglePrivacy" });
    await panel.setState({ concealed: false });
    await waitFor(async () => (await panel.find("privacy").count()) === 0);
  });

  it("tells no number of recommendations, those folded away included", async () => {
    const panel = await panels.open({
      state: { concealed: true },
      prepare: (stream) => {
        stream.snapshot = snapshot({ insights: insights(20) });
      },
    });
    await showsText(panel.find("insight-fold"), "Show all");
  });

  it("hides the amounts in why something failed", async () => {
    const panel = await open(true);
    await panel.reach("connected");
    const message = "no place for 12450";
    panel.stream.refusal = { ok: false, error: { code: "COLLECTION_FAILED", message } };
    await panel.find("refresh").click();
    await showsText(panel.find("notice"), "Refresh failed: no place for •••.");
  });
});

/** The page as it stands, with the texts and attributes of everything in it, but for times and shares of time. */
function everything(panel: PanelHarness): Promise<string> {
  return panel.page
    .locator("fusion-command-center")
    .evaluate((root) => root.outerHTML.replace(/<!--.*?-->| (datetime|style)="[^"]*"/gs, ""));
}
