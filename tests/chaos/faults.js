// Faults planted from outside, each of which must turn the run red: they prove that it can fail.

export function plantFault(world) {
  switch (world.options.fault) {
    case "drop-key":
      world.proxy.rewrite = async (_path, body) => without(body, "key");
      return;
    case "ignore-revision":
      world.proxy.rewrite = (path, body) => withRevisionOfNow(world, path, body);
      return;
    case "skip-local-copy": // the authors in Chromium leave it out
    case undefined:
      return;
    default:
      throw new Error(`There is no fault ${world.options.fault}.`);
  }
}

function without(body, name) {
  const fields = new URLSearchParams(body);
  if (fields.has(name)) fields.set(name, crypto.randomUUID().replaceAll("-", ""));
  return fields.toString();
}

async function withRevisionOfNow(world, path, body) {
  const [, item] = path.match(/\/items\/(\d+)\/save/) ?? [];
  const fields = new URLSearchParams(body);
  if (!item || !fields.has("revision")) return body;
  const now = await world.database.sql(`select max(revision) from item where item_id = ${item}`).catch(() => "");
  if (now) fields.set("revision", now);
  return fields.toString();
}
