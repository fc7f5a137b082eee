// The program under test, started, killed and started again.
import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const START_LIMIT = 60_000; // milliseconds; the first start loads the demonstration

export class Server {
  /** `publicUrl` is where visitors come in: the proxy. */
  constructor(program, folder, database, port, publicUrl) {
    Object.assign(this, { program, folder, database, port, publicUrl });
    this.log = openSync(join(folder, "server.log"), "a");
  }

  async start() {
    const env = {
      ...process.env,
      DATABASE_URL: this.database.url,
      ROLEBOOK_DATA: join(this.folder, "data"),
      LISTEN: `127.0.0.1:${this.port}`,
      PUBLIC_URL: this.publicUrl,
    };
    delete env.SMTP_URL;
    this.process = spawn(this.program, ["serve", "--demonstration"], { env, stdio: ["ignore", this.log, this.log] });
    const started = this.process;
    started.once("exit", () => (started.gone = true));
    const until = Date.now() + START_LIMIT;
    while (!(await this.isReady())) {
      if (started.gone) throw new Error(`The server ended; see ${join(this.folder, "server.log")}`);
      if (Date.now() > until) throw new Error("The server did not start.");
      await sleep(15);
    }
  }

  async isReady() {
    try {
      return (await fetch(`http://127.0.0.1:${this.port}/health/ready`)).ok;
    } catch {
      return false;
    }
  }

  /** SIGKILL: nothing that it held in memory is left. */
  async kill() {
    if (this.process.gone) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await ended;
  }
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
