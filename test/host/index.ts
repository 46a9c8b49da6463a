import { readFileSync } from "node:fs";
import { runSuite, type SuiteOrder } from "../support/suite.js";

/** Called inside VS Code's extension host, with the order's file named in the environment. */
export async function run(): Promise<void> {
  const file = process.env.FUSION_SUITE;
  if (!file) throw new Error("FUSION_SUITE names no file: start the suites with npm test -- host");
  const order: SuiteOrder = JSON.parse(readFileSync(file, "utf8"));
  const { passed, failed } = await runSuite(order);
  if (failed > 0) throw new Error(`${failed} of ${passed + failed} tests failed`);
}
