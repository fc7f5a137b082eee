// The portal as somebody meets it through HTTP: cookies, forms as the pages print them, and answers. No browser.

/** No answer after this many milliseconds counts as none. */
const PATIENCE = 8_000;

export class Visitor {
  /** `name` travels as the user agent, by which the proxy knows whose request it is. */
  constructor(base, name) {
    Object.assign(this, { base, name });
    this.cookies = new Map();
  }

  get(path) {
    return this.ask("GET", path);
  }

  /** `how.wantsJson`: the answer that the editor's script asks for. */
  post(path, fields, how = {}) {
    return this.ask("POST", path, new URLSearchParams(fields).toString(), how);
  }

  async ask(method, path, body, how = {}) {
    const response = await fetch(new URL(path, this.base), {
      method,
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
      headers: {
        "user-agent": this.name,
        origin: this.base,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
        ...(how.wantsJson ? { accept: "application/json" } : { accept: "text/html" }),
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    return { status: response.status, at: response.headers.get("location") ?? "", text: await response.text() };
  }

  async signIn(email, password) {
    this.cookies.clear();
    const answer = await this.post("/sign-in", { email, password, return_to: "" });
    if (answer.status !== 303) throw new Error(`Signing in as ${email} answered ${answer.status}.`);
  }
}

/** The form of the page at `here` whose address ends so: its address and its fields as they are filled in. */
export function form(page, here, ending) {
  for (const [, tag, inside] of page.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
    const action = attribute(tag, "action") ?? here; // a form without an address goes to its own page
    if (attribute(tag, "method") === "post" && action.split("?")[0].endsWith(ending)) return { action, fields: fields(inside) };
  }
  return undefined;
}

function fields(inside) {
  const out = {};
  for (const [, tag] of inside.matchAll(/<input([^>]*)>/g)) {
    const [name, type] = [attribute(tag, "name"), attribute(tag, "type")];
    const counts = !["radio", "checkbox"].includes(type) || /\schecked/.test(tag);
    if (name && counts) out[name] = attribute(tag, "value") ?? "";
  }
  for (const [, tag, text] of inside.matchAll(/<textarea([^>]*)>\n?([\s\S]*?)<\/textarea>/g)) {
    out[attribute(tag, "name")] = plain(text);
  }
  return out;
}

function attribute(tag, name) {
  const found = tag.match(new RegExp(`\\s${name}="([^"]*)"`));
  return found ? plain(found[1]) : undefined;
}

function plain(html) {
  const named = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return html.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return named[name] ?? whole;
  });
}
