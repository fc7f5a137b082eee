// A Postgres of the run's own, with the settings that it ships with: what it called committed survives its sudden end.
import { execFile, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const START_LIMIT = 30_000; // milliseconds

export class Postgres {
  constructor(folder) {
    this.folder = join(folder, "database");
    this.cluster = join(this.folder, "pg");
    this.bin = process.env.PG_BIN ?? newestBin();
    this.as = unprivileged();
  }

  get url() {
    return `postgres://postgres@localhost/postgres?host=${this.folder}`;
  }

  async create() {
    mkdirSync(this.folder, { recursive: true });
    if (this.as) chownSync(this.folder, this.as.uid, this.as.gid);
    const made = ["-D", this.cluster, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-N"];
    execFileSync(join(this.bin, "initdb"), made, { ...this.as, cwd: "/", stdio: "ignore" });
    await this.start();
  }

  async start() {
    const settings = ["listen_addresses=", `unix_socket_directories=${this.folder}`, "max_connections=60"];
    const parts = ["-D", this.cluster, ...settings.flatMap((setting) => ["-c", setting])];
    this.process = spawn(join(this.bin, "postgres"), parts, { ...this.as, cwd: "/", stdio: "ignore" });
    this.ended = new Promise((resolve) => this.process.once("exit", resolve));
    const until = Date.now() + START_LIMIT;
    while (!this.isReady()) {
      if (Date.now() > until) throw new Error("Postgres did not start again.");
      await sleep(10);
    }
  }

  isReady() {
    const file = join(this.cluster, "postmaster.pid");
    if (!existsSync(file)) return false;
    const lines = readFileSync(file, "utf8").split("\n");
    return Number(lines[0]) === this.process.pid && lines[7]?.trim() === "ready";
  }

  /** Ends it as a power cut would: no goodbye to anybody. */
  async stopAtOnce() {
    this.process.kill("SIGQUIT");
    await this.ended;
  }

  async sql(text) {
    const asked = ["-h", this.folder, "-U", "postgres", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", text];
    return new Promise((resolve, reject) => {
      execFile(join(this.bin, "psql"), asked, { cwd: "/" }, (error, out) => (error ? reject(error) : resolve(out.trim())));
    });
  }
}

function newestBin() {
  const root = "/usr/lib/postgresql";
  const found = existsSync(root) ? readdirSync(root).sort((a, b) => Number(a) - Number(b)) : [];
  const bin = found.map((major) => join(root, major, "bin")).findLast((folder) => existsSync(join(folder, "initdb")));
  if (!bin) throw new Error("PostgreSQL is not installed. Run scripts/needs.sh test, or set PG_BIN.");
  return bin;
}

/** PostgreSQL refuses to run as root, so root hands it to the user that comes with it. */
function unprivileged() {
  if (process.getuid() !== 0) return undefined;
  const [, , uid, gid] = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .find(([name]) => name === "postgres" || name === "nobody");
  return { uid: Number(uid), gid: Number(gid) };
}
