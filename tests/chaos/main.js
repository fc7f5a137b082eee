// make chaos: people type while everything around them breaks; nothing that they were told is saved may be missing, and
// nothing that they typed may be neither there nor offered. See README.md, "Chaos".
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plan, readOptions } from "./options.js";
import { World } from "./world.js";

const options = readOptions(process.env);
const folder = mkdtempSync(join(tmpdir(), "rolebook-chaos-"));
chmodSync(folder, 0o755); // started as root, the database runs as a user who must get through
const world = new World(process.argv[2], folder, options);
console.log(`Chaos with seed ${options.seed}${options.fault ? `, planted fault: ${options.fault}` : ""}.`);

let verdict;
try {
  await world.begin();
  for (const { kind, chromium } of plan(options, world.chance)) await world.meet(kind, chromium);
  verdict = await world.end();
} finally {
  await world.close();
}

for (const [kind, { http, chromium }] of world.counts) {
  console.log(`  ${kind.padEnd(20)} ${String(http + chromium).padStart(5)}   ${String(chromium).padStart(4)} in Chromium`);
}
const all = [...world.counts.values()];
const total = all.reduce((sum, count) => sum + count.http + count.chromium, 0);
console.log(`  ${"interruptions".padEnd(20)} ${String(total).padStart(5)}   in ${world.seconds()} s`);
console.log(`  words typed ${verdict.typed}, called saved ${verdict.saved}, there ${verdict.there}, offered ${verdict.offered}`);
for (const word of verdict.twice.slice(0, 20)) console.log(`  there twice: ${word}`);
for (const word of verdict.lost.slice(0, 20)) console.log(`  lost: ${word}`);
for (const short of world.missed()) console.log(`  too few: ${short}`);
console.log(`  characters lost: ${verdict.charactersLost}`);

const held = verdict.lost.length === 0 && verdict.twice.length === 0 && world.missed().length === 0;
if (held) rmSync(folder, { recursive: true, force: true });
else console.log(`What the server said is in ${join(folder, "server.log")}.`);
process.exit(held ? 0 : 1);
