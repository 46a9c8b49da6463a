/** A message may be on its way for this long (ms): of a clock that is off by less, nobody sees anything. */
const ON_ITS_WAY = 5_000;

/** By how much (ms) the stream's clock is ahead of the page's. */
let ahead = 0;

/** Now (epoch ms) by the clock of the stream, which wrote every time that the page shows: a remote machine's may be minutes off. */
export function streamTime(): number {
  return Date.now() + ahead;
}

/** @param sentAt when a message left the stream's machine, by its clock, epoch milliseconds */
export function followStreamTime(sentAt: number): void {
  const difference = sentAt - Date.now();
  ahead = Math.abs(difference) < ON_ITS_WAY ? 0 : difference;
}
