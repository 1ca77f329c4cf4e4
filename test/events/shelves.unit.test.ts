import { describe, expect, it } from "vitest";
import { keepDelivery } from "../../worker/events/keep";
import { type DeliveryStatus, REJECTION_CODES } from "../../worker/events/protocol/statuses";
import { isFlooded, leaving, type Pile, SHELVES } from "../../worker/events/shelves";
import { Desk } from "../given/sequencer";

const KB = 1024;
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 12);

/** A shelf with rows that came one second after the other, the newest a second ago, unless `hoursAgo`; numbered by pile: a0, a1 … */
type Given = Record<string, { rows: number; bytes: number; hoursAgo?: number }>;
function shelfOf(given: Given): { shelf: Map<string, Pile>; nameOf: (id: number) => string } {
	const names: string[] = [];
	const shelf = new Map<string, Pile>();
	for (const [pile, { rows, bytes, hoursAgo = 0 }] of Object.entries(given)) {
		const held = Array.from({ length: rows }, (_, n) => {
			const id = names.push(`${pile}${n}`) - 1;
			return { id, at: NOW - hoursAgo * HOUR - (rows - n) * 1000, bytes };
		});
		shelf.set(pile, { rows: held, bytes: rows * bytes });
	}
	return { shelf, nameOf: (id) => names[id] ?? "" };
}

describe("what leaves a shelf so that one more fits", () => {
	const bounds = { rows: 100, bytes: 2048 * KB };
	const cases: [string, Given, string, number, string[]][] = [
		["nothing while there is room", { a: { rows: 99, bytes: KB } }, "a", KB, []],
		["nothing of an empty one", {}, "a", KB, []],
		["the oldest behind the first twenty, where there are too many", { a: { rows: 100, bytes: KB } }, "a", KB, ["a20"]],
		["as many as take the place of a large one", { a: { rows: 90, bytes: 20 * KB } }, "a", 300 * KB, ["a20", "a21", "a22"]],
		["what stands behind the first 512 KB, where they are large", { a: { rows: 8, bytes: 250 * KB } }, "a", 100 * KB, ["a2"]],
		["of the flood, where one of the few comes", { few: { rows: 3, bytes: KB }, a: { rows: 97, bytes: KB } }, "few", KB, ["a20"]],
		["of the flood, where it goes on", { few: { rows: 3, bytes: KB }, a: { rows: 97, bytes: KB } }, "a", KB, ["a20"]],
		["of the flood, where one comes whose reason is new", { a: { rows: 100, bytes: KB } }, "new", KB, ["a20"]],
		[
			"of what takes most where the bytes are too many, of what are most where the rows are",
			{ many: { rows: 90, bytes: KB }, large: { rows: 8, bytes: 244 * KB } },
			"large",
			10 * KB,
			["large2"],
		],
		["of what are most", { many: { rows: 94, bytes: KB }, large: { rows: 6, bytes: 250 * KB } }, "large", KB, ["many20"]],
		["first what is older than a week, from the oldest", { a: { rows: 100, bytes: KB, hoursAgo: 170 } }, "a", KB, ["a0"]],
		["nothing of the first ones for a week", { a: { rows: 100, bytes: KB, hoursAgo: 167 } }, "a", KB, ["a20"]],
	];
	it.each(cases)("is %s", (_name, given, pile, bytes, gone) => {
		const { shelf, nameOf } = shelfOf(given);
		expect(leaving(shelf, pile, bytes, bounds, NOW).map(({ row }) => nameOf(row.id))).toEqual(gone);
	});

	it.each([
		["refused", REJECTION_CODES.length, 300 * KB],
		["refused", REJECTION_CODES.length, KB],
		["conflicts", 1, 300 * KB],
		["handshakes", 2, 26 * KB],
		["notes", 2, 26 * KB],
		["notes", 2, KB],
	] as const)("always suffices on the shelf “%s” with %d piles of rows of %d bytes each", (name, piles, rowBytes) => {
		const bounds = SHELVES[name];
		const rows = Math.ceil(Math.min(bounds.rows, bounds.bytes / rowBytes) / piles);
		const { shelf } = shelfOf(Object.fromEntries(Array.from({ length: piles }, (_, n) => [`p${n}`, { rows, bytes: rowBytes }])));
		const gone = leaving(shelf, "p0", rowBytes, bounds, NOW);
		const left = [...shelf.values()].flatMap((pile) => pile.rows).filter((row) => !gone.some((one) => one.row === row));
		expect(gone.length).toBeGreaterThan(0);
		expect(left.length).toBeLessThan(bounds.rows);
		expect((left.length + 1) * rowBytes).toBeLessThanOrEqual(bounds.bytes);
	});
});

describe("one more of a reason gives up its body", () => {
	const gone = (pile: string, minutesAgo: number) => [{ pile, row: { id: 1, at: NOW - minutesAgo * 60_000, bytes: 1 } }];
	it.each([
		["where it would push out what came within the hour", "refused", "signature_invalid", gone("signature_invalid", 59), true],
		["not where that is older", "refused", "signature_invalid", gone("signature_invalid", 61), false],
		["not where another reason makes way", "refused", "signature_invalid", gone("signature_missing", 1), false],
		["not where nothing goes", "refused", "signature_invalid", [], false],
		["not where its sender is known: a list that is too long", "refused", "batch_too_large", gone("batch_too_large", 1), false],
		["not where it was acknowledged", "conflicts", "duplicate", gone("duplicate", 1), false],
	] as const)("%s", (_name, shelf, pile, leave, gives) => {
		expect(isFlooded({ shelf, pile }, leave, NOW)).toBe(gives);
	});
});

describe("deliveries that made no event", () => {
	const kept = (
		desk: Desk,
		status: DeliveryStatus,
		reason: string | null,
		given: { bytes?: number; detail?: Record<string, unknown> } = {},
	) => {
		const { bytes = 100, detail } = given;
		desk.now += 10;
		const request = { httpStatus: 401, sequence: null, method: "POST", path: "/", query: "", headers: [], size: bytes, detail };
		return keepDelivery(desk.state, { status, reason, ...request, body: new ArrayBuffer(bytes) }, desk.now);
	};
	const bytesKept = (desk: Desk, id: number) =>
		desk.sql.exec<{ bytes: number }>("SELECT octet_length(body) AS bytes FROM deliveries WHERE id = ?", id).toArray()[0]?.bytes ?? null;
	const sums = (desk: Desk) => desk.sql.exec("SELECT count(*) AS count, sum(octet_length(body)) AS bytes FROM deliveries").one();

	it.each([false, true])("stay through a flood of refusals, whichever kind they are; restarted in between: %s", (restarted) => {
		const desk = new Desk();
		const first = kept(desk, "rejected", "signature_invalid", { bytes: 200 * KB });
		const few = kept(desk, "rejected", "timestamp_out_of_range");
		const conflict = kept(desk, "duplicate", "conflict", { bytes: 200 * KB });
		const link = kept(desk, "handshake", null, { detail: { show: { what: "link", url: "https://sns.example" } } });
		for (let n = 0; n < 1_500; n++) {
			if (restarted && n % 300 === 0) desk.restart();
			kept(desk, "rejected", n % 2 ? "signature_missing" : "signature_invalid", { bytes: 256 * KB });
			if (n % 3 === 0) kept(desk, "handshake", null);
			if (n % 3 === 0) kept(desk, "duplicate", null);
		}
		expect([first, few, conflict, link].map((id) => bytesKept(desk, id))).toEqual([200 * KB, 100, 200 * KB, 100]);
		expect(Number(sums(desk).bytes)).toBeLessThan(11 * 1024 * KB);
	});

	it("of the flooded reason are kept cut as long as it lasts, and whole an hour later", () => {
		const desk = new Desk();
		const flood = Array.from({ length: 50 }, () => kept(desk, "rejected", "signature_invalid", { bytes: 256 * KB }));
		expect(bytesKept(desk, flood[10] ?? 0), "came while there was room").toBe(256 * KB);
		expect(bytesKept(desk, flood[49] ?? 0)).toBe(16 * KB);
		expect(bytesKept(desk, kept(desk, "rejected", "signature_missing", { bytes: 200 * KB })), "another reason").toBe(200 * KB);
		expect(bytesKept(desk, kept(desk, "rejected", "signature_invalid", { bytes: 15 * KB })), "small").toBe(15 * KB);
		desk.now += HOUR;
		expect(bytesKept(desk, kept(desk, "rejected", "signature_invalid", { bytes: 200 * KB }))).toBe(200 * KB);
	});

	it("no longer stand beside those that wait for a person when they were accepted after all", () => {
		const desk = new Desk();
		const conflicts = Array.from({ length: 41 }, () => kept(desk, "duplicate", "conflict", { bytes: 250 * KB }));
		const gone = () => conflicts.filter((id) => bytesKept(desk, id) === null).length;
		expect(gone()).toBe(1);
		expect(desk.acceptAfterAll(conflicts[0] ?? 0).status).toBe("accepted");
		kept(desk, "duplicate", "conflict", { bytes: 250 * KB });
		expect(gone()).toBe(1);
	});

	it("have numbers that are never given again", () => {
		const desk = new Desk();
		const ids = Array.from({ length: 1_200 }, () => kept(desk, "rejected", "signature_invalid"));
		expect(new Set(ids).size).toBe(1_200);
		expect(sums(desk).count).toBe(1_000);
	});
});
