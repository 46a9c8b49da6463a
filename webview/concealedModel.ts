import {
  concealedAlerts,
  concealedFeed,
  concealedHealth,
  concealedSnapshot,
  concealedText,
} from "../src/protocol/concealment.js";
import { NO_METRIC_MEMORY } from "./model/metricMemory.js";
import { activeMemory, type PanelModel, withMemory } from "./store.js";

/** What the page draws and says in privacy mode: its state without any value. What is remembered stays whole. */
export function concealedModel(model: PanelModel): PanelModel {
  const { snapshot, alerts, health, notice } = model;
  return withMemory(
    {
      ...model,
      snapshot: snapshot && concealedSnapshot(snapshot),
      alerts: alerts && concealedAlerts(alerts),
      health: health && concealedHealth(health),
      notice: notice && { ...notice, text: concealedText(notice.text) },
      recent: {},
    },
    {
      changes: NO_METRIC_MEMORY.changes,
      seen: NO_METRIC_MEMORY.seen,
      feed: concealedFeed(activeMemory(model).feed),
    },
  );
}
