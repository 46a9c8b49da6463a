import assert from "node:assert/strict";
import { FollowedFolder } from "../../support/followedFolder.js";
import { waitFor } from "../../support/waitFor.js";

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;

describe("a date", () => {
  let folder: FollowedFolder;

  beforeEach(() => {
    folder = new FollowedFolder();
  });
  afterEach(() => folder.dispose());

  const fails = (id: string, reason: RegExp) =>
    waitFor(() => reason.test(folder.metric(id)?.error ?? ""), { message: `${id} to tell ${reason}` });

  it("that the calendar does not have is an error, not another date", async () => {
    const files = {
      json: (date: string) => `{"due": "${date}"}\n`,
      yaml: (date: string) => `due: ${date}\n`,
      toml: (date: string) => `due = ${date}\n`,
      csv: (date: string) => `due\n${date}\n`,
    };
    const formats = Object.keys(files) as (keyof typeof files)[];
    const write = (date: string) => {
      for (const format of formats) folder.write({ [`due.${format}`]: files[format](date) });
    };
    const metricOf = (format: string) => ({
      file: `due.${format}`,
      ...(format === "csv" ? { column: "due" } : { query: "due" }),
      format: "date",
    });
    folder.declare(Object.fromEntries(formats.map((format) => [format, metricOf(format)])));
    write("2025-02-28");
    folder.follow();
    for (const format of formats) await folder.shows(format, "2025-02-28");
    write("2025-02-30");
    for (const format of formats) await fails(format, /does not exist|"2025-02-30" is not a date\. Write/);
    for (const format of formats) assert.equal(folder.metric(format)?.value, "2025-02-28");
    write("2025-03-01");
    for (const format of formats) await folder.shows(format, "2025-03-01");
  });

  it("may stand in a text, a comment or a key of TOML without being one", async () => {
    folder.write({ "a.toml": '# 2025-02-30\n2025-02-30 = "2025-02-30"\nn = 1\nday = 2024-02-29\n' });
    folder.declare({ n: { file: "a.toml", query: "n" } });
    folder.follow();
    await folder.shows("n", 1);
  });

  it("of a message counts when its time has come, though nobody writes", async () => {
    const soon = Date.now() + 1.5 * SECOND;
    const timestamps = [soon - DAY, soon - 2 * SECOND, soon, soon + 500, soon + DAY];
    const lines = timestamps.map(
      (time) => `${JSON.stringify({ timestamp: new Date(time).toISOString() })}\n`,
    );
    folder.write({ "chat_activity.jsonl": lines.join("") });
    folder.follow();
    // One that leaves the day when one enters it is no change; then one more comes.
    await folder.shows("chatActivity", 2);
    await folder.shows("chatActivity", 3);
  });

  it("of a message that is none is an error, not a message of another time", async () => {
    const good = `{"timestamp": "${new Date().toISOString()}"}\n`;
    folder.write({ "chat_activity.jsonl": good });
    folder.follow();
    await folder.shows("chatActivity", 1);
    for (const timestamp of ['"5"', '"2025-02-30T10:00:00Z"', '"8 Nov 2025"', "-1", "1e30", "true", "null"]) {
      folder.write({ "chat_activity.jsonl": `${good}{"timestamp": ${timestamp}}\n` });
      await fails("chatActivity", /line 2: this message has no "timestamp" that is a date/);
      assert.equal(folder.metric("chatActivity")?.value, 1);
      folder.write({ "chat_activity.jsonl": good });
      await folder.shows("chatActivity", 1);
    }
  });
});
