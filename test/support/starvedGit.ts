/** Runs git in a folder without a file handle left, and prints what is said of it: `node starvedGit.js folder`. */
import { runGit } from "../../src/core/sources/gitCommand.js";
import { TakenHandles } from "./takenHandles.js";

const [, , folder = ""] = process.argv;
const handles = new TakenHandles();
// Standard output opens its handle with its first use.
process.stdout.write("");
handles.take();
runGit(folder, ["--version"])
  .then(
    ({ stdout }) => stdout,
    (error) => String(error.message),
  )
  .then((said) => {
    handles.free();
    console.log(said);
  });
