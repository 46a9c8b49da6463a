/** Tells the line of an offset, counted from 1; the line ends of every system count. The text is scanned once. */
export function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  // Not by a regular expression: it makes an object for each of a large file's million lines.
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === LINE_FEED) starts.push(at + 1);
    else if (character === RETURN && text.charCodeAt(at + 1) !== LINE_FEED) starts.push(at + 1);
  }
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? Number.POSITIVE_INFINITY) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
