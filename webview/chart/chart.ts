/** What the page and its chart say to each other; the chart itself is in another bundle. */
import type { HistoryRange } from "../../src/protocol/history.js";
import type { MetricValue } from "../../src/protocol/snapshot.js";
import type { StateMark } from "../model/stateMarks.js";

export interface ChartLine {
  readonly label: string;
  readonly values: readonly MetricValue[];
  /** Whether the values are words, drawn as bands. */
  readonly text: boolean;
  /** Name of the custom property that holds its colour. */
  readonly colour: string;
  /** Lengths of strokes and gaps, by which it is told from other lines without its colour; none for an unbroken line. */
  readonly dash: readonly number[];
  /** Writes a value of its axis. */
  readonly write: (value: number) => string;
}

/** An alert or a commit on the time line; epoch milliseconds, a commit ends where it begins. */
export interface Mark {
  readonly at: number;
  readonly end: number;
  /** Not so for an alert that still fires: nobody knows yet when it ends. */
  readonly isOver: boolean;
  readonly kind: "alert" | "commit";
  readonly text: string;
}

export interface ChartData extends HistoryRange {
  /** Epoch milliseconds; every line has a value for each. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  /** Of every word among the values. */
  readonly states: ReadonlyMap<string, StateMark>;
  readonly marks: readonly Mark[];
  readonly locale: string;
}

export interface ChartListener {
  /** @param at epoch milliseconds; `null` when the pointer has left */
  onCursor(at: number | null): void;
  onWindow(range: HistoryRange): void;
  /** @param part of what is shown, by which the time line is moved; below 0 into the past */
  onPanned(part: number): void;
}

export interface Chart {
  /** Shows other data under the same cursor; `false` where its lines are of other kinds: then it has to be drawn anew. */
  update(data: ChartData): boolean;
  destroy(): void;
}
