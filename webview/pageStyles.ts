/**
 * Settles when the page has its styles. With its HTML come those of its outline alone: VS Code parses the HTML twice before
 * it shows anything, and waits for what that asks for.
 */
export const pageStyles: Promise<void> = loaded();

async function loaded(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>("link[rel=stylesheet]");
  if (link && !link.sheet) {
    await new Promise((resolve) => {
      link.addEventListener("load", resolve);
      // Values in another look are better than none. It may also have failed before this could hear of it.
      link.addEventListener("error", resolve);
      setTimeout(resolve, 10_000);
    });
  }
  // The icons are needed any moment.
  void document.fonts.load("1em codicon");
}
