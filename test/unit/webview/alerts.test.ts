import assert from "node:assert/strict";
import {
  alertOf,
  alertTimeText,
  cardAlertText,
  firingAlerts,
  mutedText,
  recentAlerts,
  statusOf,
  turnsBetween,
  turnText,
} from "../../../webview/model/alerts.js";
import { ago, alert } from "../../support/snapshots.js";

const NOW = Date.now();
const LOW = alert();
const MUTED = alert({ id: "revenue:fallsBy:5%", severity: "error", muted: true });
const SYNC = alert({ id: "driveSync:becomes:ERROR", metric: "driveSync", severity: "error" });
const OVER = alert({ state: "resolved", message: "MRR is $10,600 now.", resolvedAt: ago(90) });

describe("what the page says of alerts", () => {
  it("shows those that fire first, and among them those that somebody is to be told of", () => {
    const list = [MUTED, SYNC, LOW, OVER];
    assert.deepEqual(firingAlerts(list), [SYNC, LOW, MUTED]);
    assert.deepEqual(recentAlerts(list), [OVER]);
    assert.deepEqual(list.map(statusOf), ["muted", "firing", "firing", "resolved"]);
  });

  it("marks a card with the alert that needs somebody most", () => {
    assert.equal(alertOf([MUTED, LOW], "revenue"), LOW);
    assert.equal(alertOf([MUTED], "revenue"), MUTED);
    assert.equal(alertOf([OVER, SYNC], "revenue"), null);
  });

  it("tells for how long one has fired, and how long ago one ended", () => {
    assert.equal(alertTimeText(LOW, NOW), "for 5 min");
    assert.equal(alertTimeText({ ...LOW, since: new Date(NOW + 90_000).toISOString() }, NOW), "for 0 s");
    assert.equal(alertTimeText(OVER, NOW), "1 min ago");
  });

  it("announces what turned, once, and nothing that was there before or is muted", () => {
    assert.deepEqual(turnsBetween(null, [LOW]), [], "the first list");
    assert.deepEqual(turnsBetween([], [LOW, MUTED]), [LOW]);
    assert.deepEqual(turnsBetween([LOW], [LOW, SYNC]), [SYNC]);
    assert.deepEqual(turnsBetween([LOW], [{ ...LOW, muted: true }]), []);
    assert.deepEqual(turnsBetween([{ ...LOW, muted: true }], [LOW]), []);
    assert.deepEqual(turnsBetween([LOW], [OVER]), [OVER]);
    const again = { ...LOW, since: ago(5) };
    assert.deepEqual(turnsBetween([OVER], [again, OVER]), [again]);
  });

  it("says in words what icons and colours say", () => {
    assert.equal(turnText(LOW, "en"), "Alert (Warning): MRR is $9,800, below $10,000.");
    assert.equal(turnText(OVER, "en"), "Alert over: MRR is $10,600 now.");
    assert.equal(cardAlertText(MUTED, "en"), "Muted alert (Error): MRR is $9,800, below $10,000.");
    const snoozed = { ...MUTED, mutedUntil: new Date(NOW + 60_000).toISOString() };
    assert.equal(cardAlertText(snoozed, "en"), "Snoozed alert (Error): MRR is $9,800, below $10,000.");
  });

  it("say until when they are snoozed, and nothing of a mute without an end", () => {
    const now = new Date("2025-11-08T16:40:00").getTime();
    const mutedUntil = new Date("2025-11-08T17:40:00").toISOString();
    assert.equal(mutedText({ ...MUTED, mutedUntil }, now, "en"), "Snoozed until 17:40");
    assert.equal(mutedText(MUTED, now, "en"), "Muted");
  });
});
