/** Colours of the user's theme, by what they stand for in the side bar. */
import type { Severity } from "../protocol/alerts.js";

export const SEVERITY_COLORS: Readonly<Record<Severity, string>> = {
  info: "problemsInfoIcon.foreground",
  warning: "problemsWarningIcon.foreground",
  error: "problemsErrorIcon.foreground",
};

export const LIVE_COLOR = "charts.green";
export const QUIET_COLOR = "disabledForeground";
