import type { DeliveryStatus } from "./protocol/statuses";

/**
 * Which of the deliveries that made no event are kept. What a person may need stands where nobody without the secret gets
 * it away: each kind on a shelf with bounds of its own, and on the shelf of refusals a pile for each reason.
 */

interface Bounds {
	rows: number;
	/** Of whole rows. */
	bytes: number;
}

const MB = 1024 * 1024;

export const SHELVES = {
	refused: { rows: 1_000, bytes: 10 * MB },
	/** Another body under a known id: its sender was answered 200, so that only a person can still make an event of it. */
	conflicts: { rows: 1_000, bytes: 10 * MB },
	handshakes: { rows: 200, bytes: 2 * MB },
	/** What nobody has to act on: copies, empty lists, what was accepted after all. */
	notes: { rows: 1_000, bytes: 2 * MB },
} as const satisfies Record<string, Bounds>;

/**
 * The first of a pile that stay, by number and bytes, and for how long: who looks within a week finds what it began with.
 * Those of all piles of a shelf are little more than half of it, so that there is always something else to go.
 */
const FIRST_ROWS = 20;
const FIRST_BYTES = MB / 2;
const FIRST_MS = 7 * 24 * 3_600_000;

/** A pile that is full of what came within this is flooded: what comes next gives up its body rather than push that out. */
const FLOOD_MS = 3_600_000;
/** What is left of a body then: most webhooks are smaller, and so kept whole also during a flood. */
export const FLOOD_BODY_BYTES = 16 * 1024;

export interface KeptRow {
	id: number;
	/** Epoch ms. */
	at: number;
	bytes: number;
}

interface Place {
	shelf: keyof typeof SHELVES;
	pile: string;
}

/** What a place is told by. @property detailed whether anything is noted beside the request: of a handshake, what a person has to do */
export interface Kind {
	status: DeliveryStatus;
	reason: string | null;
	detailed: boolean;
}

const PLACES: Record<DeliveryStatus, (kind: Kind) => Place> = {
	rejected: ({ reason }) => ({ shelf: "refused", pile: reason ?? "" }),
	duplicate: ({ reason }) => ({ shelf: reason === null ? "notes" : "conflicts", pile: "duplicate" }),
	handshake: ({ detailed }) => ({ shelf: "handshakes", pile: detailed ? "shown" : "answered" }),
	accepted: () => ({ shelf: "notes", pile: "accepted" }),
};

export const placeOf = (kind: Kind): Place => PLACES[kind.status](kind);

export interface Pile {
	/** From the oldest. */
	rows: KeptRow[];
	bytes: number;
}

/** A row that goes, and the pile that it goes from. */
interface Leaving {
	pile: string;
	row: KeptRow;
}

/**
 * The rows of a shelf that go so that one more fits: always of the pile that holds most of what there is too much of, so
 * that a flood of one reason takes nothing from those with less.
 * @param pile where the next one comes to
 * @param bytes that it brings
 */
export function leaving(shelf: ReadonlyMap<string, Pile>, pile: string, bytes: number, bounds: Bounds, now: number): readonly Leaving[] {
	const piles = [...shelf].map(([name, held]) => ({ name, count: held.rows.length, bytes: held.bytes, turn: inTurn(held.rows, now) }));
	const total = piles.reduce((sum, held) => ({ count: sum.count + held.count, bytes: sum.bytes + held.bytes }), { count: 1, bytes });
	const own = piles.find(({ name }) => name === pile);
	if (own) {
		own.count++;
		own.bytes += bytes;
	}
	const gone: Leaving[] = [];
	while (total.count > bounds.rows || total.bytes > bounds.bytes) {
		const by = total.bytes > bounds.bytes ? "bytes" : "count";
		const largest = piles.reduce((most, held) => (held[by] > most[by] ? held : most));
		const { value: row } = largest.turn.next();
		if (!row) break; // never: the first ones of all piles together are less than a shelf holds
		gone.push({ pile: largest.name, row });
		for (const sum of [largest, total]) {
			sum.count--;
			sum.bytes -= row.bytes;
		}
	}
	return gone;
}

/** In which order a pile is taken away: what is old from the oldest, then what stands behind the first ones. */
function* inTurn(rows: readonly KeptRow[], now: number): Generator<KeptRow, undefined> {
	let at = 0;
	for (; at < rows.length; at++) {
		const row = rows[at] as KeptRow;
		if (row.at > now - FIRST_MS) break;
		yield row;
	}
	const end = at + FIRST_ROWS;
	for (let bytes = 0; at < rows.length && at < end; at++) {
		bytes += (rows[at] as KeptRow).bytes;
		if (bytes > FIRST_BYTES) break;
	}
	for (; at < rows.length; at++) yield rows[at] as KeptRow;
}

/** Whether the next one of a pile gives up its body: it would push out what came a moment ago. A list that is too long has a sender who is known. */
export const isFlooded = ({ shelf, pile }: Place, gone: readonly Leaving[], now: number): boolean =>
	shelf === "refused" && pile !== "batch_too_large" && gone.some((one) => one.pile === pile && one.row.at > now - FLOOD_MS);

/** What stands on the shelves, in memory: a refusal costs the same however much is kept. */
export class Shelves {
	readonly #shelves: Record<Place["shelf"], Map<string, Pile>> = {
		refused: new Map(),
		conflicts: new Map(),
		handshakes: new Map(),
		notes: new Map(),
	};

	/** @param rows from the oldest */
	constructor(rows: Iterable<KeptRow & Kind>) {
		for (const { id, at, bytes, ...kind } of rows) this.add(placeOf(kind), { id, at, bytes });
	}

	leaving({ shelf, pile }: Place, bytes: number, now: number): readonly Leaving[] {
		return leaving(this.#shelves[shelf], pile, bytes, SHELVES[shelf], now);
	}

	add({ shelf, pile }: Place, row: KeptRow): void {
		const piles = this.#shelves[shelf];
		const held = piles.get(pile) ?? { rows: [], bytes: 0 };
		held.rows.push(row);
		held.bytes += row.bytes;
		piles.set(pile, held);
	}

	remove({ shelf }: Place, gone: readonly Leaving[]): void {
		for (const { pile, row } of gone) {
			const held = this.#shelves[shelf].get(pile);
			if (!held) continue;
			held.rows.splice(held.rows.indexOf(row), 1);
			held.bytes -= row.bytes;
		}
	}
}
