// What stands in a form: everything that it sends, and the part of it that was typed.

/** Fields that the page fills in, not the person. */
const OURS = ["key", "revision", "base", "kind", "after", "under"];

/** Name and value of everything that the form sends, its key apart. */
export function sent(form) {
  return [...new FormData(form)].filter(([name]) => name !== "key");
}

/** The same as the page came, whatever the browser has filled in since. */
export function printed(form) {
  return [...form.elements].filter((element) => element.name && element.name !== "key").flatMap(asPrinted);
}

function asPrinted(element) {
  const { name, type } = element;
  if (type === "submit" || type === "button") return [];
  if (type === "checkbox" || type === "radio") return element.defaultChecked ? [[name, element.value]] : [];
  if (element.localName !== "select") return [[name, element.defaultValue]];
  const option = [...element.options].find((one) => one.defaultSelected) ?? element.options[0];
  return option ? [[name, option.value]] : [];
}

/** Of these, what a person typed or chose. */
export function typed(fields) {
  return fields.filter(([name]) => !OURS.includes(name));
}

/** Whether two lists of fields say the same; line ends are a matter of the browser. */
export function same(one, other) {
  return plain(one) === plain(other);
}

function plain(fields) {
  return JSON.stringify(fields.map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")]));
}

/** As a form is sent, under that key. */
export function body(fields, key) {
  return new URLSearchParams([...fields, ["key", key]]);
}

/** A name that no page had before. */
export function freshPage() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A field's label as it is read. */
export function labelOf(name) {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
