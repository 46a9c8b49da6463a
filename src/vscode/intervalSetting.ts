import type { Settings } from "./settings.js";
import type { ShownParts } from "./shownParts.js";

/**
 * Keeps the setting and the stream's interval in step, whoever changes either: the settings editor, the command, HTTP or
 * a client's event. A stream of another process that is found with another interval changes no setting: nobody asked for
 * that here.
 */
export class IntervalSetting {
  private writing = false;
  /** Minutes: the stream's interval as it was last seen. */
  private seen: number;
  private readonly subscriptions;

  constructor(
    private readonly settings: Settings,
    private readonly stream: ShownParts["stream"],
    private readonly log: (line: string) => void,
    /** Whether this window is the one to write: others on the folder see the same change. */
    private readonly speaks: () => boolean,
  ) {
    this.seen = stream.status().interval.minutes;
    this.subscriptions = [
      settings.onChange((affects) => {
        // What is being written now is older than the stream's own interval.
        if (affects("interval") && !this.writing) this.stream.setInterval(settings.intervalMinutes);
      }),
      stream.onSource(() => {
        this.seen = stream.status().interval.minutes;
      }),
      stream.onStatus(({ interval: { minutes } }) => {
        if (minutes === this.seen) return;
        this.seen = minutes;
        if (minutes !== settings.intervalMinutes && this.speaks()) void this.write();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async write(): Promise<void> {
    if (this.writing) return;
    this.writing = true;
    try {
      const minutes = () => this.stream.status().interval.minutes;
      for (let written: number | null = null; written !== minutes(); ) {
        written = minutes();
        await this.settings.writeInterval(written);
      }
    } catch (error) {
      this.log(`⚠️ The setting fusion.interval could not be written: ${String(error)}`);
    } finally {
      this.writing = false;
    }
  }
}
