import type { FusionStream } from "../core/stream.js";
import type { Settings } from "./settings.js";

/**
 * Keeps the setting and the stream's interval in step, whoever changes either: the settings editor, the command, HTTP or
 * a client's event.
 */
export class IntervalSetting {
  private writing = false;
  private readonly subscriptions;

  constructor(
    private readonly settings: Settings,
    private readonly stream: FusionStream,
    private readonly log: (line: string) => void,
  ) {
    this.subscriptions = [
      settings.onChange((affects) => {
        // What is being written now is older than the stream's own interval.
        if (affects("interval") && !this.writing) this.stream.setInterval(settings.intervalMinutes);
      }),
      stream.onStatus(({ interval }) => {
        if (interval.minutes !== settings.intervalMinutes) void this.write();
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
