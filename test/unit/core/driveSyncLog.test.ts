import assert from "node:assert/strict";
import fc from "fast-check";
import { readDriveSyncLines, statusOfLine } from "../../../src/core/sources/driveSyncLog.js";

describe("drive-sync log", () => {
  it("knows the words of each status, in any case", () => {
    const words = {
      OK: ["OK", "success", "Completed", "SYNCED", "sync successful"],
      WARN: ["WARN", "warning", "Retry 1 of 3"],
      ERROR: ["ERROR", "failed", "Failure"],
      SYNCING: ["SYNCING", "started"],
    };
    for (const [status, examples] of Object.entries(words)) {
      for (const example of examples)
        assert.equal(statusOfLine(`2025-11-08T20:00:00 ${example}`), status, example);
    }
  });

  it("goes by the first word, and not by words that are denied or part of others", () => {
    assert.equal(statusOfLine("[2025-11-08T20:00:00] Drive sync completed: 31 files, 0 failed"), "OK");
    assert.equal(statusOfLine("Sync OK, recovered after ERROR"), "OK");
    assert.equal(statusOfLine("ERROR: sync failed, retry in 5 min"), "ERROR");
    assert.equal(statusOfLine("No errors so far, no error, without failure"), null);
    assert.equal(statusOfLine("BROKEN TOKEN okay"), null);
    for (const summary of [
      "failed: 0, succeeded: 12",
      "error count: 0, OK",
      '{"error":null,"status":"OK"}',
      "failed=0 succeeded=9",
    ])
      assert.equal(statusOfLine(`2025-11-08T20:00:00Z ${summary}`), "OK", summary);
    for (const trouble of [
      "ERROR: 0 bytes free",
      "error: 0x80070005",
      "failed: 10, succeeded: 2",
      "error: none of 3 files, OK",
      "FAILED: 0.5 GB lost",
    ])
      assert.equal(statusOfLine(trouble), "ERROR", trouble);
    assert.equal(statusOfLine("\u001b[31mERROR\u001b[0m disk"), "ERROR");
  });

  it("takes the newest line with a status, and the newest success before it", () => {
    const reading = readDriveSyncLines([
      "2025-11-08T18:00:00+02:00 OK",
      "[2025-11-08T20:00:00] OK",
      "2025-11-08 21:00 ERROR quota",
      "some note",
    ]);
    assert.deepEqual(reading, { status: "ERROR", lastSync: "2025-11-08T20:00:00", lineIndex: 2 });
  });

  it("keeps the timestamp as the log wrote it", () => {
    const zones = ["", ".123Z", "+02:00", "-0330", "+02", " +0200", " +02:00", " Z", ",5+02"];
    for (const zone of zones) {
      const written = `2025-11-08 20:00:00${zone}`;
      for (const line of [`[${written}] OK`, `${written} OK`])
        assert.equal(readDriveSyncLines([line]).lastSync, written);
    }
    const files = "2025-11-08 20:00:00 -12 files, OK";
    assert.equal(readDriveSyncLines([files]).lastSync, "2025-11-08 20:00:00");
  });

  it("does not date a success by an older one", () => {
    assert.equal(readDriveSyncLines(["2025-11-08T20:00:00 OK", "sync OK"]).lastSync, null);
  });

  it("is UNKNOWN where no line names a status", () => {
    assert.deepEqual(readDriveSyncLines(["hello", ""]), {
      status: "UNKNOWN",
      lastSync: null,
      lineIndex: null,
    });
  });

  it("never throws, and only names a line that is there", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (lines) => {
        const { lineIndex } = readDriveSyncLines(lines);
        assert.ok(lineIndex === null || (lineIndex >= 0 && lineIndex < lines.length));
      }),
    );
  });
});
