import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lease } from "../../worker/events/protocol/lease";
import { readingOf } from "../../worker/events/reading";
import { deleteSlice } from "../../worker/history/retention";
import { searchEvents } from "../../worker/history/search";
import { dropEmptyPart, indexSlice } from "../../worker/history/search-index";
import type { SearchQuery } from "../../worker/history/search-query";
import { Desk, settlement } from "../given/sequencer";
import { sequencerSql } from "../given/sql-storage";

/**
 * The Sequencer's own work over real rows, without object and network, in processor time: the machine's other work does
 * not count. Few and many kept events take turns, so that both meet the same machine.
 */

const FEW = 1_000;
const ROUNDS = 40;
const ROUND = 100;
const WORDS = Array.from({ length: 20_000 }, (_, n) => `w${n.toString(36)}`);

/** @param many events that are kept while the work is measured */
export function measure(many: number): void {
	const folder = mkdtempSync(join(tmpdir(), "inlet-growth-"));
	try {
		const [small, big] = [new Kept(join(folder, "few.sqlite")), new Kept(join(folder, "many.sqlite"))];
		small.fill(FEW);
		big.fill(many);
		compare(small, big);
		index(big);
		console.log(`file: ${(statSync(join(folder, "many.sqlite")).size / 1e9).toFixed(2)} GB`);
		search(big, many);
		compare(small, big);
		retain(big);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

class Kept {
	readonly desk: Desk;
	#seed = 7;

	constructor(path: string) {
		const sql = sequencerSql(path);
		for (const pragma of ["journal_mode = WAL", "synchronous = OFF", "cache_size = -20000"]) sql.exec(`PRAGMA ${pragma}`);
		this.desk = new Desk({ limits: { pendingEvents: 1e7, keptBytes: 1e13 } }, undefined, sql);
	}

	fill(count: number): void {
		for (let n = 0; n < count; n += ROUND) {
			const bodies = this.bodies();
			this.turn(() => this.accept(bodies));
			this.turn(() => this.end(n % 1_000 === 0));
			this.desk.now += 2_000;
		}
	}

	accept(bodies: readonly string[]): void {
		for (const text of bodies) this.desk.accept({ text });
	}

	/** Bodies of the next events. */
	bodies(): string[] {
		return Array.from({ length: ROUND }, (_, n) => this.#body(this.desk.state.last + 1 + n));
	}

	/** Claims and settles all that waits; once the first of them fails. */
	end(fails = false): void {
		const steps: Lease["executions"][number]["steps"] = [
			{ path: "map", id: "map", type: "map", status: "succeeded", attempts: [], output: { sku: "A-1", stock: 7 } },
		];
		for (let lease = this.desk.claim(0); lease; lease = this.desk.claim(0)) {
			const settlements = lease.executions.map((execution, n) =>
				settlement(
					{ ...execution, steps },
					fails && n === 0 ? { status: "failed", error: { code: "refused", message: "No." } } : { status: "succeeded" },
					this.desk.now,
				),
			);
			this.desk.settle(0, lease.token, settlements);
		}
	}

	/** As the object does: what belongs together is one transaction. */
	turn<T>(work: () => T): T {
		this.desk.sql.exec("BEGIN");
		const result = work();
		this.desk.sql.exec("COMMIT");
		return result;
	}

	/** A body of about 1 KB: an order with rare words, common words and words in between. */
	#body(n: number): string {
		const note = Array.from({ length: 110 }, () => WORDS[Math.floor((this.#random() / 2 ** 32) ** 3 * WORDS.length)]).join(" ");
		return JSON.stringify({
			id: n,
			order: `ORD-${n}`,
			customer: { id: this.#random() % 100_000, email: `c${this.#random() % 100_000}@example.com` },
			parity: n % 2 === 0 ? "even" : "odd",
			lines: Array.from({ length: 5 }, () => ({ sku: `SKU-${this.#random() % 20_000}`, quantity: this.#random() % 10 })),
			note,
		});
	}

	#random(): number {
		this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
		return this.#seed;
	}
}

function compare(small: Kept, big: Kept): void {
	const times = { accept: [[], []] as number[][], dispatch: [[], []] as number[][] };
	for (let round = 0; round < ROUNDS; round++) {
		for (const [at, kept] of [small, big].entries()) {
			const bodies = kept.bodies();
			times.accept[at]?.push(cost(() => kept.turn(() => kept.accept(bodies))) / ROUND);
			times.dispatch[at]?.push(cost(() => kept.turn(() => kept.end())) / ROUND);
		}
	}
	for (const [name, [few = [], many = []]] of Object.entries(times)) {
		const [a, b] = [middle(few), middle(many)];
		console.log(`${name}: ${(a * 1e3).toFixed(1)} µs with few kept, ${(b * 1e3).toFixed(1)} µs with many, ratio ${(b / a).toFixed(2)}`);
	}
}

function index({ desk }: Kept): void {
	const times: number[] = [];
	for (let through = 0; through < desk.state.last; ) {
		times.push(
			cost(() => {
				desk.sql.exec("BEGIN");
				through = indexSlice(desk.sql, desk.state.last);
				desk.sql.exec("COMMIT");
			}),
		);
	}
	report("index, a slice of 64", times);
}

function search({ desk }: Kept, many: number): void {
	const at = (part: number) => desk.now - Math.round((1 - part) * (many / ROUND) * 2_000);
	const queries: Record<string, SearchQuery> = {
		"one event's number": { q: `ORD-${Math.floor(many / 2)}` },
		"a common word": { q: "example" },
		"two common words that never meet": { q: "even odd" },
		"a word that is nowhere": { q: "nowhere" },
		"a common word among the failed": { q: "example", status: "failed" },
		"one event's number among the failed": { q: "ORD-100001", status: "failed" },
		"a field's value": { field: "event.body.customer.email", value: "c777@example.com" },
		"a field's value that its words do not tell": { field: "event.body.parity", value: "example" },
		"an hour in the middle": { from: at(0.5), to: at(0.5) + 3_600_000 },
		"a word in an hour": { q: "sku", from: at(0.5), to: at(0.5) + 3_600_000 },
		failed: { status: "failed" },
		"a range": { sequence: `${Math.floor(many / 3)}-${Math.floor(many / 3) + 100}` },
		"a source that is nowhere": { source: "poll" },
	};
	const reading = readingOf(desk.state);
	if (reading === null) return;
	for (const [name, query] of Object.entries(queries)) {
		const times: number[] = [];
		let page = searchEvents(desk.sql, reading, query);
		for (let n = 0; n < 15; n++) times.push(cost(() => (page = searchEvents(desk.sql, reading, query))));
		const found = `${page?.items.length} found${page?.cursor ? ", more to come" : ""}`;
		console.log(`search, ${name}: ${middle(times).toFixed(2)} ms, ${found}`);
	}
}

function retain({ desk }: Kept): void {
	const times: number[] = [];
	let through = 0;
	for (let deleted = 0; deleted < 100_000; ) {
		times.push(
			cost(() => {
				desk.sql.exec("BEGIN");
				const slice = deleteSlice(desk.sql, through, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
				dropEmptyPart(desk.sql);
				desk.sql.exec("COMMIT");
				deleted += slice.deleted;
				through = slice.through;
				if (slice.deleted === 0) deleted = Number.POSITIVE_INFINITY;
			}),
		);
	}
	report("retention, a slice of 200", times);
}

/** Processor time in ms. */
function cost(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

const sorted = (times: readonly number[]): number[] => [...times].sort((a, b) => a - b);
const middle = (times: readonly number[]): number => sorted(times)[times.length >> 1] ?? 0;

function report(name: string, times: readonly number[]): void {
	const order = sorted(times);
	const at = (part: number): string => (order[Math.min(order.length - 1, Math.floor(order.length * part))] ?? 0).toFixed(1);
	console.log(`${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`);
}
