import fc from "fast-check";
import { describe, it } from "vitest";
import type { Appetite, Outcome } from "../../worker/events/protocol/lease";
import { type Mode, World } from "./model";

/** Random orders of everything that can happen to events, over real rows, beside a model that anybody can check by eye. */

type Act = (world: World) => void;

const pick = fc.nat({ max: 200 });
const appetite: fc.Arbitrary<Appetite> = fc.record({
	events: fc.integer({ min: 0, max: 6 }),
	run: fc.integer({ min: 1, max: 4 }),
	knownVersions: fc.constantFrom([], [1], [1, 2, 3]),
});
const sku = fc.constantFrom(null, "A", "A", "B", "C");
const policy = fc.constantFrom<"continue" | "block">("continue", "block");
const outcome = fc.constantFrom<Outcome>(
	{ status: "succeeded" },
	{ status: "succeeded" },
	{ status: "filtered", stepId: "f" },
	{ status: "failed", error: { code: "http_status", message: "500" } },
	{ status: "waiting", delayMs: 5_000, reason: "503" },
	{ status: "handed_back" },
);

/** How often something happens, with what, and its name in a counterexample. */
const happens = <A extends unknown[]>(weight: number, name: string, args: fc.Arbitrary<A>, act: (world: World, ...args: A) => void) => ({
	weight,
	arbitrary: args.map(
		(values): Act =>
			Object.assign((world: World) => act(world, ...values), { [fc.toStringMethod]: () => `${name} ${fc.stringify(values)}` }),
	),
});
const nothing = fc.tuple();
const slot = fc.integer({ min: 0, max: 7 });
/** Few ids and bodies, so that they come again. */
const id = fc.constantFrom("1", "2");
const body = fc.constantFrom("x", "y");
const mode = fc.constantFrom<Mode>("none", "integration", "key", "key");

const act = fc.oneof(
	happens(8, "post", fc.tuple(sku, pick), (world, lane, url) => world.post(lane, null, "", url)),
	happens(4, "post again", fc.tuple(sku, id, body, pick), (world, ...args) => world.post(...args)),
	happens(1, "accept after all", fc.tuple(pick), (world, at) => world.acceptAfterAll(at)),
	happens(1, "run", fc.tuple(sku), (world, lane) => world.run(lane)),
	happens(7, "claim", fc.tuple(pick, appetite), (world, at, hunger) => world.claimAny(at, hunger)),
	happens(1, "claim anew", fc.tuple(slot, appetite), (world, at, hunger) => world.claim(at, hunger)),
	happens(9, "settle", fc.tuple(pick, outcome, appetite), (world, ...args) => world.settleAny(...args, false)),
	happens(2, "settle twice", fc.tuple(pick, outcome, appetite), (world, ...args) => world.settleAny(...args, true)),
	happens(2, "journal", fc.tuple(pick), (world, at) => world.journalAny(at)),
	happens(4, "late Executor", fc.tuple(pick), (world, at) => world.lateAny(at)),
	happens(2, "replay", fc.tuple(pick), (world, at) => world.replay(at)),
	happens(1, "cancel", fc.tuple(pick), (world, at) => world.cancel(at)),
	happens(1, "skip", fc.tuple(pick), (world, at) => world.skip(at)),
	happens(1, "pause", nothing, (world) => world.save({ status: "paused" })),
	happens(1, "resume", nothing, (world) => world.save({ status: "active" })),
	happens(1, "save a version", nothing, (world) => world.saveVersion()),
	happens(1, "save the ordering", fc.tuple(mode, policy), (world, ...args) => world.saveOrdering(...args)),
	happens(1, "rotate", fc.tuple(fc.constantFrom(0, 15_000)), (world, grace) => world.rotate(grace)),
	happens(3, "advance", fc.tuple(fc.constantFrom(1_000, 5_000, 21_000)), (world, ms) => world.advance(ms)),
	happens(3, "alarm", nothing, (world) => world.alarm()),
	happens(2, "evict", nothing, (world) => world.evict()),
);
const command = fc.oneof(
	{ weight: 15, arbitrary: act },
	happens(1, "abort", fc.tuple(act), (world, inner) => world.abort(inner)),
);

describe("whatever happens, in whatever order", () => {
	it("numbers have no gaps, lanes keep their order, the ledger balances and every event ends", { timeout: 60_000 }, () => {
		fc.assert(
			fc.property(policy, fc.array(command, { minLength: 5, maxLength: 120 }), (onFailure, commands) => {
				const world = new World(onFailure);
				for (const one of commands) {
					one(world);
					world.check();
				}
				world.drain();
				world.check();
			}),
			{ numRuns: 800 },
		);
	});
});
