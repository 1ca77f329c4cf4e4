import { chance, drawer, exponential, Timeline, zipf } from "./events.mjs";
import { BUCKETS, bucketOf, Shard } from "./shard.mjs";

/** What is assumed where nothing is given. Times in milliseconds, rates a second. */
export const ASSUMED = {
	seed: 1,
	rate: 1_500,
	seconds: 12,
	/** Left out of the figures at the beginning. */
	warmUpSeconds: 3,
	keys: 10_000,
	/** Of Zipf's law; 0: all keys alike. */
	skew: 0,
	shards: 1,
	/** @type {number[] | null} Which object owns each bucket at the beginning; null: spread evenly. */
	owners: null,
	/** Requests a second that one object serves. */
	capacity: 500,
	/** Requests that wait at one object; more are turned away. */
	waitingMax: 1_000,
	/** One way between a Worker, an object and an Executor of one region. */
	hopMs: 2,
	executionMs: 20,
	/** Executions that fail and wait for a retry, and how long at least and at most. */
	retryShare: 0,
	retryMs: [500, 3_000],
	isolates: 16,
	/** Further delay of a message between objects, on average. */
	messageMs: 50,
	/** How long a Worker keeps an old map on average where nobody corrects it. */
	staleMs: 500,
	/** @type {{ atSecond: number, shards: number, protocol: "handover" | "without hold" | "naive" } | null} */
	reshard: null,
};

/** As many buckets here as there. */
export const spreadEvenly = (shards) => Array.from({ length: BUCKETS }, (_, bucket) => bucket % shards);

/** The heaviest bucket first, each to the object that has least. */
export function spreadByLoad(shards, keys, skew) {
	const weights = new Float64Array(BUCKETS);
	for (const [n, weight] of zipf(keys, skew).entries()) weights[bucketOf(nameOf(n))] += weight;
	const loads = new Float64Array(shards);
	const owners = Array(BUCKETS).fill(0);
	for (const bucket of [...weights.keys()].sort((a, b) => weights[b] - weights[a])) {
		const least = loads.indexOf(Math.min(...loads));
		owners[bucket] = least;
		loads[least] += weights[bucket];
	}
	return owners;
}

const nameOf = (key) => `["SKU-${key}"]`;

/**
 * Senders post keyed events for a while, then all that was accepted runs to its end.
 * @param {Partial<typeof ASSUMED>} given
 */
export function simulate(given = {}) {
	const model = { ...ASSUMED, ...given };
	const random = chance(model.seed);
	const timeline = new Timeline();
	const owners = model.owners ?? spreadEvenly(model.shards);
	const { reshard } = model;
	const count = Math.max(model.shards, reshard?.shards ?? 0);
	const world = {
		timeline,
		hopMs: model.hopMs,
		// Half of it always the same, half of it by chance.
		serviceMs: () => (500 + exponential(random, 500)) / model.capacity,
		executionMs: () => model.executionMs / 2 + exponential(random, model.executionMs / 2),
		fails: () => random() < model.retryShare,
		staleMs: () => exponential(random, model.staleMs),
		retryMs: () => model.retryMs[0] + random() * (model.retryMs[1] - model.retryMs[0]),
		tell: (to, deliver) =>
			timeline.after(model.hopMs + exponential(random, model.messageMs), () => shards[to].request(1, () => deliver(shards[to]))),
	};
	const checks = reshard !== null && reshard.protocol !== "naive";
	const shards = Array.from({ length: count }, (_, index) => {
		const owned = owners.flatMap((owner, bucket) => (owner === index ? [bucket] : []));
		return new Shard(world, index, new Set(owned), checks);
	});
	const maps = Array.from({ length: model.isolates }, () => [...owners]);

	const end = model.seconds * 1_000;
	const warm = model.warmUpSeconds * 1_000;
	const history = [];
	const waits = [];
	const arrivals = new Float64Array(count);
	const figures = { offered: 0, accepted: 0, turnedAway: 0, redirected: 0, heldLanes: 0 };
	const draw = drawer(zipf(model.keys, model.skew), random);

	const send = (lane, map, arrivedAt) => {
		const bucket = bucketOf(lane);
		const shard = shards[map[bucket]];
		timeline.after(model.hopMs, () => {
			if (shard.waiting >= model.waitingMax) {
				if (arrivedAt >= warm) figures.turnedAway++;
				return;
			}
			shard.request(1, () => {
				const answer = shard.accept(lane);
				if (answer.event) history.push(answer.event);
				timeline.after(model.hopMs, () => {
					if (!answer.event) {
						figures.redirected++;
						map[bucket] = answer.ask;
						send(lane, map, arrivedAt);
					} else if (arrivedAt >= warm) {
						waits.push({ arrivedAt, ms: timeline.now - arrivedAt });
						if (timeline.now <= end) figures.accepted++;
					}
				});
			});
		});
	};
	const arrive = () => {
		if (timeline.now > end) return;
		const lane = nameOf(draw());
		const map = maps[Math.floor(random() * maps.length)];
		if (timeline.now >= warm) {
			figures.offered++;
			arrivals[map[bucketOf(lane)]]++;
		}
		send(lane, map, timeline.now);
		timeline.after(exponential(random, 1_000 / model.rate), arrive);
	};
	timeline.after(0, arrive);

	const busy = { before: null, after: null, longestLane: 0 };
	timeline.after(warm, () => (busy.before = shards.map((shard) => shard.busyMs)));
	timeline.after(end, () => {
		busy.after = shards.map((shard) => shard.busyMs);
		busy.longestLane = Math.max(...shards.map((shard) => shard.longestLane));
	});
	if (reshard) timeline.after(reshard.atSecond * 1_000, () => move(reshard, { owners, maps, world, figures }));
	timeline.run();

	const seconds = model.seconds - model.warmUpSeconds;
	const loads = shards.map((_, index) => (busy.after[index] - busy.before[index]) / (seconds * 1_000));
	return {
		...figures,
		offeredRate: figures.offered / seconds,
		acceptedRate: figures.accepted / seconds,
		turnedAwayShare: figures.turnedAway / figures.offered,
		waits,
		p50: percentile(waits, 0.5),
		p99: percentile(waits, 0.99),
		hottestLoad: Math.max(...loads),
		hottestShare: Math.max(...arrivals) / figures.offered,
		longestLane: busy.longestLane,
		history,
	};
}

/** Moves buckets until each lies where an even spread over the new number of objects has it. */
function move({ shards: wanted, protocol }, { owners, maps, world, figures }) {
	const { timeline, tell } = world;
	const target = spreadEvenly(wanted);
	if (protocol === "naive") {
		// Every Worker takes the new map when the news reaches it; objects accept and run whatever comes.
		for (const map of maps) timeline.after(world.staleMs(), () => map.splice(0, map.length, ...target));
		return;
	}
	const hold = protocol === "handover";
	const moves = new Map();
	for (const [bucket, from] of owners.entries()) {
		const to = target[bucket];
		if (from === to) continue;
		const route = `${from} ${to}`;
		if (!moves.has(route)) moves.set(route, { from, to, buckets: [] });
		moves.get(route).buckets.push(bucket);
	}
	for (const { from, to, buckets } of moves.values()) {
		tell(to, (next) => {
			next.prepare(buckets, hold);
			tell(from, (old) => {
				const pending = old.close(buckets, to);
				figures.heldLanes += hold ? pending.length : 0;
				tell(to, () => next.hear(buckets, hold ? pending : []));
			});
		});
	}
}

/** @param {{ ms: number }[]} waits */
export function percentile(waits, share) {
	const sorted = Float64Array.from(waits, ({ ms }) => ms).sort();
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
