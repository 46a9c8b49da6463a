/**
 * Takes a seat at a folder, with so few file handles left that the claim fails: `node starvedSeat.js state left`. Prints each
 * look at the sockets that are there, and each role that it gets; any line on its input gives the handles back.
 */
import { meetingPlace } from "../../src/server/ownership/place.js";
import { Seat } from "../../src/server/ownership/seat.js";
import { TakenHandles } from "./takenHandles.js";

const [, , state = "", left = "0"] = process.argv;
const place = meetingPlace(state, "folder");
const handles = new TakenHandles();
// Whatever is made only once holds its handles from here on.
process.stdin.resume();
handles.take();
handles.free(Number(left));
const seat = new Seat({
  place: {
    ...place,
    generations() {
      process.stdout.write("looks\n");
      return place.generations();
    },
  },
  key: async () => new Uint8Array(32),
  purpose: "process",
  welcome: (connection) => connection.end("welcome\n"),
  onRole: ({ kind }) => process.stdout.write(`${kind}\n`),
});
process.stdin.once("data", () => handles.free());
process.stdin.once("end", () => seat.leave());
