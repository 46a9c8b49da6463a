import assert from "node:assert/strict";
import { appendFileSync, utimesSync } from "node:fs";
import { FollowedFolder } from "../../support/followedFolder.js";
import { NUMBER_PLACES } from "../../support/numberPlace.js";

const MARKDOWN = {
  format: "Markdown",
  extension: ".md",
  selection: { aggregate: "count" },
  around: (n: string) => (n === "1" ? "- [x] a\n" : "- [x] a\n- [ ] b\n- [ ] c\n"),
};

/** What stands in the file at first, and what in the end. */
const FIRST = "1";
const LAST = "12.5";

describe("a file that is cut in the middle of its number, and completed later", () => {
  for (const { format, extension, selection, around } of [...NUMBER_PLACES, MARKDOWN]) {
    it(`gives no number that nobody wrote: ${format}`, async () => {
      const folder = new FollowedFolder();
      const file = `data/value${extension}`;
      const beats = async (n: number) => {
        folder.write({ "beat.json": `{"n": ${n}}` });
        await folder.shows("beat", n);
      };
      try {
        folder.write({ [file]: around(FIRST), "beat.json": '{"n": 0}' });
        folder.declare({ value: { file, ...selection }, beat: { file: "beat.json", query: "n" } });
        folder.follow();
        const [first, last] = format === "Markdown" ? [1, 3] : [1, 12.5];
        await folder.shows("value", first);

        const text = around(LAST);
        const cut = format === "Markdown" ? text.indexOf("[ ] c") + 2 : text.indexOf(LAST) + 2;
        folder.write({ [file]: text.slice(0, cut) });
        // Two more emissions: whatever the half-written file gives would be in them.
        await beats(1);
        await beats(2);
        appendFileSync(folder.resolve(file), text.slice(cut));
        await folder.shows("value", last);

        const emitted = folder.emitted.map(({ metrics }) => metrics.value?.value);
        // On a busy machine there can be none before, as the file is still being read.
        const values = emitted.slice(emitted.indexOf(first));
        const rewrittenLog = extension === ".log" || extension === ".jsonl" ? [null] : [];
        const allowed: unknown[] = [undefined, first, last, ...rewrittenLog];
        assert.deepEqual(
          values.filter((value) => !allowed.includes(value)),
          [],
        );
      } finally {
        folder.dispose();
      }
    });
  }

  for (const [stamp, seconds] of [
    ["is of now", 0],
    ["lies ahead", 3_600],
  ] as const) {
    it(`is told of while there was no good value before, where its stamp ${stamp}`, async () => {
      const folder = new FollowedFolder();
      try {
        folder.write({ "value.csv": "n\n12" });
        const time = Date.now() / 1000 + seconds;
        utimesSync(folder.resolve("value.csv"), time, time);
        folder.declare({ value: { file: "value.csv", column: "n" } });
        folder.follow();
        await folder.stream.refresh();
        assert.equal(folder.metric("value")?.value, null);
        assert.match(folder.metric("value")?.error ?? "", /^value\.csv: .*half-written/);
        // Nobody writes on: after a while the line counts, without anyone's help.
        await folder.shows("value", 12);
      } finally {
        folder.dispose();
      }
    });
  }

  it("counts as a log's last line though the log's stamp lies ahead", async () => {
    const folder = new FollowedFolder();
    try {
      folder.write({ "app.log": "error: 1\nerror: 2" });
      const ahead = Date.now() / 1000 + 60 * 60;
      utimesSync(folder.resolve("app.log"), ahead, ahead);
      folder.declare({ lines: { file: "app.log", match: "error", aggregate: "count" } });
      folder.follow();
      await folder.shows("lines", 2);
    } finally {
      folder.dispose();
    }
  });
});
