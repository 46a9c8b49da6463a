/** Runs suites in plain Node.js: `node out/test/support/nodeSuite.js order.json`. */
import { readFileSync } from "node:fs";
import { runSuite } from "./suite.js";

const [, , order] = process.argv;
if (!order) throw new Error("Which suites? Give the file that lists them");

runSuite(JSON.parse(readFileSync(order, "utf8"))).then(
  ({ failed }) => process.exit(failed > 0 ? 1 : 0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
