// The ways in which a save is interrupted. Each answers true when it really happened.
import { setTimeout as sleep } from "node:timers/promises";

export const KINDS = {
  "server killed": async (world, author, id) => {
    await author.ready(id);
    const [saved] = [author.typeAndSave(id), await sleep(world.chance.below(author.strike))];
    await world.restart();
    await saved;
    return true;
  },
  "database stopped": async (world, author, id) => {
    await author.ready(id);
    const [saved] = [author.typeAndSave(id), await sleep(world.chance.below(author.strike))];
    await world.database.stopAtOnce();
    await sleep(world.chance.below(300));
    await world.database.start();
    await saved;
    return true;
  },
  "response lost": (world, author, id) => inTransit(world, author, id, "lose"),
  "request repeated": (world, author, id) => inTransit(world, author, id, "repeat"),
  "request reordered": (world, author, id) => inTransit(world, author, id, "reorder"),
  "session ended": async (world, author, id) => {
    const before = author.met.expired;
    await author.ready(id);
    await world.endSessions(author.person);
    await author.typeAndSave(id);
    return author.met.expired > before;
  },
  /** Another person saves the same item between this one's look and save. */
  "two people": async (world, author, id) => {
    const before = author.met.conflict;
    await author.ready(id);
    await world.somebodyElseSaves(author, id);
    await author.typeAndSave(id);
    return author.met.conflict > before;
  },
  "tab closed": async (_world, author, id) => {
    await author.typeAndClose(id);
    return true;
  },
};

async function inTransit(world, author, id, what) {
  await author.ready(id);
  const happened = world.proxy.plan(author.visitor.name, what);
  if (what !== "repeat" && world.chance.below(3) === 0) {
    await author.add(author.draft); // a new item must not come twice either
  } else {
    await author.typeAndSave(id);
  }
  const done = await Promise.race([happened.then(() => true), sleep(3_000).then(() => false)]);
  world.proxy.forget(author.visitor.name);
  return done;
}
