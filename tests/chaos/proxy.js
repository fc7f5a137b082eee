// What lies between a browser and the server, and loses, repeats and reorders what passes through it.
// Only requests that save are met; what is read again costs nobody anything.
import { Agent, createServer, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a request is held back so that a later one overtakes it, in milliseconds. */
const HELD = 250;

export class Proxy {
  constructor(port, upstream) {
    Object.assign(this, { port, upstream });
    this.agent = new Agent({ keepAlive: false });
    /** What is to befall requests that save, by whom they are from: a list of "lose", "repeat" and "reorder". */
    this.plans = new Map();
    /** A planted fault changes what the server gets to see. */
    this.rewrite = async (_path, body) => body;
    this.server = createServer((incoming, outgoing) => void this.pass(incoming, outgoing));
  }

  listen() {
    return new Promise((resolve) => this.server.listen(this.port, "127.0.0.1", resolve));
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  /** The next request that saves and that names `who` meets this. Answers a promise of its having happened. */
  plan(who, what) {
    return new Promise((happened) => {
      const list = this.plans.get(who) ?? [];
      this.plans.set(who, [...list, { what, happened }]);
    });
  }

  /** Takes back what has not happened yet. */
  forget(who) {
    this.plans.delete(who);
  }

  async pass(incoming, outgoing) {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    let body = Buffer.concat(chunks);
    const saves = incoming.method === "POST" && /\/versions\/\d+\/(?!here)/.test(incoming.url);
    const planned = saves ? this.take(incoming.headers) : undefined;
    if (saves) body = Buffer.from(await this.rewrite(incoming.url, body.toString("utf8")));
    try {
      await this.meet(planned?.what, incoming, outgoing, body);
    } catch {
      outgoing.destroy();
    }
    planned?.happened();
  }

  take(headers) {
    const who = [...this.plans.keys()].find((name) => headers["user-agent"]?.includes(name));
    const list = this.plans.get(who) ?? [];
    const [first, ...rest] = list;
    if (first) this.plans.set(who, rest);
    return first;
  }

  async meet(what, incoming, outgoing, body) {
    switch (what) {
      case "lose": // the server has done it, and nobody hears of it
        await this.ask(incoming, body);
        outgoing.destroy();
        return;
      case "repeat": // the same request twice, one after the other
        await this.ask(incoming, body);
        answer(outgoing, await this.ask(incoming, body));
        return;
      case "reorder": // the visitor hears nothing and goes on; what was sent arrives afterwards
        outgoing.destroy();
        await sleep(HELD);
        await this.ask(incoming, body);
        return;
      default:
        answer(outgoing, await this.ask(incoming, body));
    }
  }

  ask(incoming, body) {
    return new Promise((resolve, reject) => {
      const headers = { ...incoming.headers, connection: "close", "content-length": body.length };
      const { method, url: path } = incoming;
      const asked = request(
        { host: "127.0.0.1", port: this.upstream, agent: this.agent, method, path, headers },
        (response) => {
          const chunks = [];
          response.on("data", (chunk) => chunks.push(chunk));
          response.on("end", () => resolve({ response, body: Buffer.concat(chunks) }));
          response.on("error", reject);
          response.on("aborted", () => reject(new Error("cut off")));
        },
      );
      asked.on("error", reject);
      asked.end(body);
    });
  }
}

function answer(outgoing, { response, body }) {
  const headers = { ...response.headers, "content-length": body.length };
  delete headers["transfer-encoding"];
  delete headers.connection;
  outgoing.writeHead(response.statusCode, headers);
  outgoing.end(body);
}
