import type { AlertCondition } from "../../protocol/alerts.js";
import type { AlertDefinition } from "../config/alertDefinition.js";

/** Names an alert by what it watches for: the same definition has the same id in every run, and after its file was edited. */
export function alertId({ metric, condition, forMs }: AlertDefinition): string {
  const parts = [metric, condition.kind, ...detailsOf(condition), ...(forMs === 0 ? [] : [`for ${forMs}`])];
  return parts.join(":");
}

function detailsOf(condition: AlertCondition): (string | number)[] {
  switch (condition.kind) {
    case "below":
    case "above":
      return [condition.threshold];
    case "becomes":
      return [condition.value];
    case "risesBy":
    case "fallsBy": {
      const { amount, percent, withinMs } = condition;
      return [percent ? `${amount}%` : amount, ...(withinMs === null ? [] : [withinMs])];
    }
    case "noDataFor":
      return [condition.ms];
  }
}
