// What can be read off a page at rest: its title and heading, its width, the size of what is pressed.

const SMALLEST = 24; // CSS pixels, WCAG 2.2, 2.5.8

export async function frame(page) {
  return page.evaluate((smallest) => {
    const wrong = [];
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    const name = (element) =>
      `<${element.localName}> “${(element.textContent || element.name || "").trim().replace(/\s+/g, " ").slice(0, 50)}”`;

    if (!/\S.* – Rolebook$/.test(document.title)) wrong.push(`the title is “${document.title}”`);
    const headings = [...document.querySelectorAll("h1")].filter(shown);
    if (headings.length !== 1) wrong.push(`${headings.length} headings of the first level`);

    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
      const wide = [...document.body.querySelectorAll("*")].filter(
        (element) => shown(element) && element.getBoundingClientRect().right > width + 1,
      );
      wrong.push(`it scrolls sideways because of ${wide.slice(-3).map(name).join(", ") || "something unseen"}`);
    }

    for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
      const { width, height } = element.getBoundingClientRect();
      // The skip link waits for the focus; a trap for robots is for nobody.
      const apart = element.matches(".govuk-skip-link:not(:focus), [aria-hidden=true] *");
      const unseen = !shown(element) || element.type === "hidden" || apart;
      if (!unseen && !inSentence(element) && (width < smallest - 0.1 || height < smallest - 0.1)) {
        wrong.push(`${name(element)} is ${Math.round(width)} by ${Math.round(height)} px, too small to hit`);
      }
    }
    return wrong;

    /** A link among words may be as high as its line. */
    function inSentence(element) {
      if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
      const block = element.closest("p, li, dd, td, div");
      return [...block.childNodes].some((node) => node !== element && node.textContent.trim() !== "" && node.localName !== "a");
    }
  }, SMALLEST);
}
