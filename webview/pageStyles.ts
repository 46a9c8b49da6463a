/** How long (ms) they are waited for, which may have failed before anything here could hear of it. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Settles when the page has its styles. With its HTML come those of its outline alone: VS Code parses the HTML twice before
 * it shows anything, and waits for what that asks for.
 */
export const pageStyles: Promise<void> = load();

async function load(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>("link[rel=stylesheet]");
  if (link && !link.sheet) {
    await new Promise((resolve) => {
      link.addEventListener("load", resolve);
      // Values in another look are better than none.
      link.addEventListener("error", resolve);
      setTimeout(resolve, LONGEST_WAIT_MS);
    });
  }
  // The icons are needed any moment.
  void document.fonts.load("1em codicon");
}
