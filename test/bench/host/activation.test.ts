import assert from "node:assert/strict";
import { activeExtension } from "../../support/extensionHost.js";
import { waitFor } from "../../support/waitFor.js";
import { note } from "../figures.js";

describe("activation", () => {
  it("is measured", async () => {
    await activeExtension();
    const firstNumber = await waitFor(() => performance.getEntriesByName("fusion/statusBar/firstNumber")[0], {
      message: "the first number",
    });
    const turns = turnsOf("fusion/activate");
    const [first] = turns;
    assert.ok(first);
    const work = processorTime(turns);
    note({ name: "activation, processor time of the host's loop", value: work, bound: 10, unit: "ms" });
    note({
      name: "the same, against an extension that only registers as much",
      value: work,
      baseline: processorTime(turnsOf("bare/activate")),
      bound: null,
      unit: "ms",
    });
    const longest = Math.max(...turns.map(({ elapsed }) => elapsed));
    note({ name: "activation, its longer turn as it elapsed", value: longest, bound: null, unit: "ms" });
    note({
      name: "views, a turn after it, processor time",
      value: processorTime(turnsOf("fusion/views")),
      bound: 10,
      unit: "ms",
    });
    note({
      name: "activation to first number",
      value: firstNumber.startTime - first.start,
      bound: 300,
      unit: "ms",
    });
  });
});

/** What there is between the marks of this name: when each stretch began, how long it took, and what of the processor (ms). */
function turnsOf(name: string) {
  const starts = performance.getEntriesByName(`${name}/start`);
  const ends = performance.getEntriesByName(`${name}/end`);
  assert.notEqual(starts.length, 0, `${name} is marked`);
  return starts.map((start, index) => {
    const end = ends[index];
    assert.ok(end);
    return {
      start: start.startTime,
      elapsed: end.startTime - start.startTime,
      processor: threadTimeAt(end) - threadTimeAt(start),
    };
  });
}

function processorTime(turns: ReturnType<typeof turnsOf>): number {
  return turns.reduce((total, { processor }) => total + processor, 0);
}

function threadTimeAt(mark: PerformanceEntry): number {
  const { detail } = mark as PerformanceMark;
  assert.ok(typeof detail === "number", `${mark.name} tells the thread's time`);
  return detail;
}
