// Walking a page with the Tab key: every control is reached, in reading order, with its focus in sight.

/** Turns that a date field may take beyond its first: day, month, year and the calendar. */
const TURNS_OF_A_DATE = 4;

export async function keyboard(page) {
  const { stops, wrong } = await page.evaluate(prepare);
  let presses = stops.reduce((sum, stop) => sum + (stop.date ? TURNS_OF_A_DATE : 1), 0);
  let next = 0;
  while (next < stops.length && presses > 0) {
    await page.keyboard.press("Tab");
    presses -= 1;
    const at = await page.evaluate(look);
    if (at.index === next - 1) continue;
    if (at.index !== next) {
      wrong.push(`Tab leads to ${at.name} instead of ${stops[next].name}`);
      break;
    }
    wrong.push(...at.wrong);
    next += 1;
  }
  if (next < stops.length && presses === 0) wrong.push(`Tab does not reach ${stops[next].name}`);
  await page.evaluate(() => document.activeElement?.blur());
  return wrong;
}

/** Lists what Tab should stop at, in the order of the document, and starts before all of it. Runs in the page. */
function prepare() {
  const wrong = [];
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  const stops = all.filter((element) => {
    if (element.disabled || element.tabIndex < 0 || element.type === "hidden") return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.type !== "radio") return true;
    const group = [...document.getElementsByName(element.name)].filter((one) => one.form === element.form);
    return element === (group.find((one) => one.checked) ?? group[0]);
  });
  const name = (element) => {
    const words = (element.ariaLabel || element.textContent || element.name || "").trim().replace(/\s+/g, " ");
    return `<${element.localName}> “${words.slice(0, 50)}”`;
  };
  const style = (element) => {
    const parts = [getComputedStyle(element)];
    if (element.labels?.length > 0) parts.push(getComputedStyle(element.labels[0], "::before"));
    return parts
      .map((part) => [part.outline, part.boxShadow, part.backgroundColor, part.border, part.textDecoration].join("|"))
      .join("||");
  };

  document.activeElement?.blur();
  window.scrollTo(0, 0);
  const afloat = (element) => {
    for (let one = element; one; one = one.parentElement) {
      if (["fixed", "sticky", "absolute"].includes(getComputedStyle(one).position)) return true;
    }
    return false;
  };
  let before;
  for (const element of stops) {
    if (element.tabIndex > 0) wrong.push(`${name(element)} has a place of its own in the tab order`);
    if (afloat(element)) continue;
    const box = element.getBoundingClientRect();
    if (before) {
      const above = box.bottom <= before.box.top + 1 && box.left < before.box.right - 1;
      const behind = box.right <= before.box.left + 1 && box.top < before.box.bottom - 1 && box.bottom > before.box.top + 1;
      if (above || behind) wrong.push(`${name(element)} is read before ${before.name}, but Tab comes to it later`);
    }
    before = { box, name: name(element) };
  }

  window.walk = { stops, name, style, plain: stops.map(style) };
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  return { stops: stops.map((element) => ({ name: name(element), date: element.type === "date" })), wrong };
}

/** Where the focus is, and whether a person could see that. Runs in the page. */
function look() {
  const { stops, name, style, plain } = window.walk;
  const element = document.activeElement;
  const index = stops.indexOf(element);
  const wrong = [];
  if (index >= 0) {
    if (style(element) === plain[index]) wrong.push(`${name(element)} looks the same with the focus as without`);
    const [box] = element.getClientRects();
    const x = Math.min(Math.max((box.left + box.right) / 2, 1), window.innerWidth - 2);
    const y = Math.min(Math.max((box.top + box.bottom) / 2, 1), window.innerHeight - 2);
    const top = document.elementFromPoint(x, y);
    const seen = top && (element.contains(top) || top.contains(element) || [...(element.labels ?? [])].some((one) => one.contains(top)));
    if (!seen) wrong.push(`${name(element)} has the focus but lies under ${top ? name(top) : "the edge"}`);
  }
  return { index, name: name(element), wrong };
}
