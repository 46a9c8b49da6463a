import type { Page } from "playwright-core";
import { waitFor } from "./waitFor.js";

const INPUT = '.quick-input-widget input[type="text"]';
const ROW = ".quick-input-list .monaco-list-row";

/** Milliseconds for one try to run a command: what takes the palette's focus, a panel that loads say, closes it. */
const ATTEMPT = 5_000;

/** VS Code's palette and its other pick lists, used with the keyboard and the mouse as a person does. */
export class Palette {
  constructor(private readonly page: Page) {}

  /** Runs a command by its full title, for example `Developer: Reload Window`, once it is there. */
  async run(title: string): Promise<void> {
    const input = this.page.locator(INPUT);
    await waitFor(
      async () => {
        try {
          await this.page.keyboard.press("F1");
          await input.waitFor({ state: "visible", timeout: ATTEMPT });
          await input.fill(`>${title}`, { timeout: ATTEMPT });
          await this.choose(title, ATTEMPT);
          return true;
        } catch (error) {
          // An open palette does not show commands that an extension brings later: it has to be opened again.
          await this.page.keyboard.press("Escape");
          throw error;
        }
      },
      { timeout: 60_000, message: `the command "${title}"` },
    );
  }

  /** Runs a command, and answers the lists that it opens by these labels, one after another. */
  async answer(title: string, ...labels: string[]): Promise<void> {
    await waitFor(
      async () => {
        await this.run(title);
        // A page that takes the focus back late closes the list, as it would for a person, who then asks again.
        for (const label of labels) await this.pick(label);
        return true;
      },
      { timeout: 60_000, message: `the lists of "${title}"` },
    );
  }

  /** Chooses an entry of the open list by its label. */
  private async pick(label: string): Promise<void> {
    const input = this.page.locator(INPUT);
    await input.waitFor({ state: "visible", timeout: ATTEMPT });
    await input.fill(label, { timeout: ATTEMPT });
    await this.choose(label, ATTEMPT);
  }

  /** The labels of the open list, as far as they are in view. */
  async labels(): Promise<string[]> {
    await this.page.locator(ROW).first().waitFor({ state: "visible", timeout: ATTEMPT });
    return await this.page.locator(`${ROW} .label-name`).allInnerTexts();
  }

  /** Types into the open input box and confirms it. */
  async enter(text: string): Promise<void> {
    const input = this.page.locator(INPUT);
    await input.waitFor({ state: "visible" });
    await input.fill(text);
    await input.press("Enter");
  }

  /** Chooses a file in VS Code's own dialog by its absolute path. */
  async chooseFile(path: string): Promise<void> {
    const input = this.page.locator(INPUT);
    await waitFor(
      async () => {
        // While the dialog still reads a folder it does not hear the key, and it may write that folder's path over the text.
        await input.fill(path, { timeout: ATTEMPT });
        await input.press("Enter", { timeout: ATTEMPT });
        await input.waitFor({ state: "hidden", timeout: ATTEMPT });
        return true;
      },
      { timeout: 60_000, message: `the dialog to take "${path}"` },
    );
  }

  private async choose(label: string, timeout: number): Promise<void> {
    const exactly = this.page.getByText(label, { exact: true });
    await this.page.locator(ROW).filter({ has: exactly }).first().click({ timeout });
  }
}
