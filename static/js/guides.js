// Shows which section the reader is in: in the list at the side, and in the guidance beside the paper.

export function followSections(root) {
  const parts = [...root.querySelectorAll(".rb-editor__paper section[id^=section-]")];
  if (parts.length < 2 || !("IntersectionObserver" in window)) return;
  const seen = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) seen.add(target);
      else seen.delete(target);
    }
    const first = parts.find((part) => seen.has(part));
    if (first) mark(root, first.id);
  }, { rootMargin: "-10% 0px -60% 0px" });
  parts.forEach((part) => observer.observe(part));
}

function mark(root, id) {
  for (const link of root.querySelectorAll(".rb-editor__sections a[href]")) {
    if (link.getAttribute("href") === `#${id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const guide of root.querySelectorAll("[data-guide]")) {
    guide.classList.toggle("rb-guide--here", guide.dataset.guide.split(" ").includes(id));
  }
}
