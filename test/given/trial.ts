import { expect } from "vitest";
import { eventId, newId } from "../../worker/ids";
import { orderingSchema, type SequencerSettings } from "../../worker/integrations/settings";
import { givenIntegration, type Someone } from "./api";
import { eventually } from "./eventually";
import { GivenSequencer } from "./sequencer-object";
import { givenSettings } from "./settings";
import type { Seen, Witness } from "./witness";

/** A sender gives up after this long. */
const PATIENCE_MS = 600;

export const ORDERINGS = {
	unordered: orderingSchema.parse({}),
	keyed: orderingSchema.parse({ mode: "key", key: "event.body.sku" }),
	strict: orderingSchema.parse({ mode: "integration" }),
} as const;
export type OrderingName = keyof typeof ORDERINGS;

/** Which lane an event belongs to, by the number that the sender put into it. */
const laneOf = (ordering: OrderingName, n: number): number => (ordering === "strict" ? 0 : ordering === "keyed" ? n % 2 : n);

/** Answers within the patience of a sender; null where it had to give up or the connection broke. */
export function patiently<T>(work: Promise<T>): Promise<T | null> {
	return Promise.race([work.catch(() => null), scheduler.wait(PATIENCE_MS).then(() => null)]);
}

/** One integration that something goes wrong in: what it promised to senders, and whether it kept it. */
export class Trial {
	/** Sequence by number, of what was answered with 202. */
	readonly acknowledged = new Map<number, number>();
	#sent = 0;

	private constructor(
		readonly ordering: OrderingName,
		readonly shop: GivenSequencer,
		readonly witness: Witness,
	) {}

	static async begin(ordering: OrderingName, witness: Witness, given: Partial<SequencerSettings> = {}): Promise<Trial> {
		const integrationId = newId("int");
		const steps = witness.steps(integrationId, ordering === "strict");
		const shop = await GivenSequencer.with({ integrationId, ordering: ORDERINGS[ordering], steps, ...given });
		return new Trial(ordering, shop, witness);
	}

	/** Begins with an integration that a person made through the API, so that D1 knows it. */
	static async beginAs(owner: Someone, ordering: OrderingName, witness: Witness): Promise<Trial> {
		const { id } = await givenIntegration(owner);
		const changed = {
			ordering: ORDERINGS[ordering],
			webhook: { enabled: true },
			workflow: { steps: witness.steps(id, ordering === "strict") },
		};
		await owner.get("PATCH", `/api/integrations/${id}`, { version: 1, ...changed });
		const settings = givenSettings({ integrationId: id, workspaceId: owner.workspace.id, ordering: ORDERINGS[ordering] });
		return new Trial(ordering, GivenSequencer.of(settings), witness);
	}

	get id(): string {
		return this.shop.settings.integrationId;
	}

	get calls(): readonly Seen[] {
		return this.witness.of(this.id);
	}

	/** Sends so many events, each when the one before was answered or given up. */
	async send(count: number): Promise<void> {
		for (let i = 0; i < count; i++) {
			const n = ++this.#sent;
			await scheduler.wait((n % 3) * 15); // now in quick succession, now to an Executor that lingers
			const response = await patiently(this.shop.post({ n, sku: n % 2 === 0 ? "even" : "odd" }));
			if (response?.status !== 202) continue;
			const { sequence } = await response.json<{ sequence: number }>();
			this.acknowledged.set(n, sequence);
		}
	}

	/**
	 * Waits until all that was acknowledged has ended, without a word to the Sequencer: nobody but the system itself keeps
	 * things going. Then everything that was promised must hold.
	 */
	async endsWell(): Promise<void> {
		await eventually(() => {
			const done = new Set(this.calls.filter(({ step }) => step === "two").map(({ n }) => n));
			expect([...this.acknowledged.keys()].filter((n) => !done.has(n))).toEqual([]);
		});
		const ledger = await eventually(async () => {
			const now = await this.shop.ledger();
			expect(now.events.pending).toBe(0);
			return now;
		});
		expect(ledger).toMatchObject({ balanced: true, lastSequence: ledger.events.total, events: { succeeded: ledger.events.total } });
		await this.#checkEvents(ledger.lastSequence);
		this.#checkKeys();
		this.#checkOrder();
	}

	/** Numbers have no gaps, and under the number that a sender was told stands what it sent. */
	async #checkEvents(last: number): Promise<void> {
		const { remote, settings } = this.shop;
		const page = await remote.listEvents(settings.workspaceId, { limit: 100 });
		const numbers = page?.items.map(({ sequence }) => sequence).reverse();
		expect(numbers).toEqual(Array.from({ length: last }, (_, index) => index + 1));
		for (const [n, sequence] of this.acknowledged) {
			const event = await remote.getEvent(settings.workspaceId, eventId(this.id, sequence));
			expect(event?.body).toContain(`"n":${n},`);
		}
	}

	/** A call that is repeated carries the same key, two different ones never do. */
	#checkKeys(): void {
		const keys = new Map<string, Set<string>>();
		for (const { step, n, idempotencyKey } of this.calls) {
			const known = keys.get(`${step} ${n}`) ?? new Set();
			keys.set(`${step} ${n}`, known.add(idempotencyKey));
		}
		expect([...keys].filter(([, different]) => different.size > 1)).toEqual([]);
		expect(new Set([...keys.values()].flatMap((one) => [...one])).size).toBe(keys.size);
	}

	/** In a lane an event's calls are over before the next one's begin. */
	#checkOrder(): void {
		for (const lane of new Set(this.calls.map(({ n }) => laneOf(this.ordering, n)))) {
			const inLane = this.calls.filter(({ n }) => laneOf(this.ordering, n) === lane).map(({ n }) => n);
			expect(inLane).toEqual([...inLane].sort((a, b) => a - b));
		}
	}
}
