import * as v from "valibot";
import type { AlertAction, PanelAction, PanelToHost } from "../protocol/panel.js";

/** No message of the page is longer: its sockets send requests, never data. */
const MAX_PACKET_LENGTH = 64 * 1024;

/** Nobody arranges more by hand. */
const MAX_CARDS = 2_000;

const id = v.pipe(v.number(), v.integer(), v.minValue(1));
const name = v.pipe(v.string(), v.maxLength(1_000));
/** It holds a metric's name and a value to compare with. */
const alertId = v.pipe(v.string(), v.maxLength(4_000));

const ACTIONS = {
  openSample: true,
  openFolder: true,
  showLog: true,
  changeInterval: true,
  copyConnection: true,
  manageTrust: true,
  togglePrivacy: true,
  addMetric: true,
} satisfies Record<PanelAction, true>;

const ALERT_ACTIONS = { snooze: true, mute: true, unmute: true } satisfies Record<AlertAction, true>;

const message: v.GenericSchema<unknown, PanelToHost> = v.variant("type", [
  v.strictObject({ type: v.literal("ready") }),
  v.strictObject({ type: v.literal("relayOpen"), id }),
  v.strictObject({
    type: v.literal("relayPacket"),
    id,
    data: v.pipe(v.string(), v.maxLength(MAX_PACKET_LENGTH)),
  }),
  v.strictObject({ type: v.literal("relayClose"), id }),
  v.strictObject({ type: v.literal("openMetric"), metric: name }),
  v.strictObject({ type: v.literal("addAlert"), metric: name }),
  v.strictObject({
    type: v.literal("alertAction"),
    action: v.picklist(Object.keys(ALERT_ACTIONS) as AlertAction[]),
    id: alertId,
  }),
  v.strictObject({ type: v.literal("openConfig") }),
  v.strictObject({ type: v.literal("openInsight"), insight: name }),
  v.strictObject({ type: v.literal("arrangeCards"), cards: v.pipe(v.array(name), v.maxLength(MAX_CARDS)) }),
  v.strictObject({ type: v.literal("switchFolder"), uri: v.string() }),
  v.strictObject({ type: v.literal("action"), action: v.picklist(Object.keys(ACTIONS) as PanelAction[]) }),
]);

/** A message of the page, if it is one of the closed table; `null` for anything else. */
export function parsePanelMessage(value: unknown): PanelToHost | null {
  const result = v.safeParse(message, value);
  return result.success ? result.output : null;
}
