import { appendFileSync, writeFileSync } from "node:fs";
import { format } from "node:util";

/** What a run of mocha is asked for; it arrives as a JSON file. */
export interface SuiteOrder {
  files: string[];
  /** Where the result goes, rewritten after every test: a run that dies leaves how far it came. */
  result: string;
  /** A file for the printed report, where standard output is not at hand. */
  log?: string;
  grep?: string;
  /** Milliseconds one test may take. */
  timeout: number;
  /** How often a test that failed is tried again; what was is printed. */
  retries?: number;
  colors?: boolean;
}

/** How a run of mocha went. */
export interface SuiteResult {
  ended: boolean;
  passed: number;
  failed: number;
  failures: { title: string; message: string }[];
  /** The test that runs, or ran when the process died. */
  running?: string;
}

/** Runs mocha over the files, reports as it goes, and writes the result down. */
export async function runSuite(order: SuiteOrder): Promise<SuiteResult> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({
    ui: "bdd",
    reporter: "spec",
    color: order.colors ?? false,
    timeout: order.timeout,
    retries: order.retries ?? 0,
    ...(order.grep ? { grep: order.grep } : {}),
  });
  const { log } = order;
  if (log) Mocha.reporters.Base.consoleLog = (...line) => appendFileSync(log, `${format(...line)}\n`);

  const result: SuiteResult = { ended: false, passed: 0, failed: 0, failures: [] };
  const save = () => writeFileSync(order.result, JSON.stringify(result));
  save();
  for (const file of order.files) mocha.addFile(file);
  try {
    await mocha.loadFilesAsync();
  } catch (error) {
    result.failed += 1;
    result.failures.push({ title: "loading the suites", message: messageOf(error) });
    result.ended = true;
    save();
    if (log) appendFileSync(log, `${messageOf(error)}\n`);
    throw error;
  }
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run(() => resolve());
    // Thrown into mocha this would stop it where it is, for good.
    const saveOrEnd = () => {
      try {
        save();
      } catch (error) {
        reject(error);
      }
    };
    runner.on("test", (test) => {
      result.running = test.fullTitle();
      saveOrEnd();
    });
    runner.on("retry", (test, error) => {
      console.log(`TRIED AGAIN: ${test.fullTitle()}: ${messageOf(error)}`);
    });
    runner.on("pass", () => {
      result.passed += 1;
      saveOrEnd();
    });
    runner.on("fail", (test, error) => {
      result.failed += 1;
      result.failures.push({ title: test.fullTitle(), message: messageOf(error) });
      saveOrEnd();
    });
  });
  delete result.running;
  result.ended = true;
  save();
  return result;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
