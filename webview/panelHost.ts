import type { HostToPanel, PanelToHost, SentToPanel } from "../src/protocol/panel.js";
import { followStreamTime } from "./streamTime.js";

/** The page's side of VS Code: messages to and from the extension host, and the state that outlives a reload. */
export interface PanelHost {
  post(message: PanelToHost): void;
  /** @returns what ends the subscription */
  listen(listener: (message: HostToPanel) => void): () => void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): {
  postMessage(message: PanelToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const HOST_MESSAGES: ReadonlySet<unknown> = new Set<HostToPanel["type"]>([
  "state",
  "revealMetric",
  "showTrend",
  "cardsArranged",
  "relayOpened",
  "relayPacket",
  "relayClosed",
]);

/** VS Code hands its API out once a page: a second call throws. */
export function acquirePanelHost(): PanelHost {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    listen: (listener) => {
      const receive = (event: MessageEvent<unknown>) => {
        if (!isHostMessage(event.data)) return;
        followStreamTime(event.data.sentAt);
        listener(event.data);
      };
      window.addEventListener("message", receive);
      return () => window.removeEventListener("message", receive);
    },
    getState: () => api.getState(),
    setState: (state) => api.setState(state),
  };
}

/** Browser extensions and VS Code itself post to the same window; only the host's own messages are ours. */
function isHostMessage(data: unknown): data is SentToPanel {
  return typeof data === "object" && data !== null && "type" in data && HOST_MESSAGES.has(data.type);
}
