import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "../given/account.ts";
import type { Attempt, Call, Kept, Subject } from "./history.ts";

export interface Integration extends Pick<Subject, "order" | "steps"> {
	name: string;
	id: string;
	url: string;
}

const ORDERS = {
	parallel: { order: "none", ordering: { mode: "none" } },
	strict: { order: "integration", ordering: { mode: "integration" } },
	keyed: { order: "lane", ordering: { mode: "key", key: "event.body.lane" } },
} as const;
/** Workflows with one call, and with two of which the second goes on from the first one's journaled output. */
const WORKFLOWS = [["push"], ["reserve", "push"]] as const;
/** No step's own timeout ends a call during a stop: what is repeated is repeated because of a lost lease. */
const TIMEOUT_MS = 120_000;
const QUIET_LIMIT_MS = 600_000;

/** One integration for each order and workflow. */
export async function givenIntegrations(account: Account, sinkUrl: string): Promise<Integration[]> {
	const made: Integration[] = [];
	for (const [kind, { order, ordering }] of Object.entries(ORDERS)) {
		for (const steps of WORKFLOWS) {
			const name = `${kind} ${steps.join(", ")}`;
			const created = await account.call<{ id: string; version: number }>("POST", "/api/integrations", {
				name: `Crash ${name}`,
				workflow: {
					steps: [
						{ id: "map", type: "map", output: { number: "{{ event.body.number }}", lane: "{{ event.body.lane }}" } },
						...steps.map((step) => callStep(step, name, sinkUrl)),
					],
				},
			});
			const { webhook } = await account.call<{ webhook: { url: string } }>("PATCH", `/api/integrations/${created.id}`, {
				version: created.version,
				webhook: { enabled: true },
				ordering,
			});
			made.push({ name, id: created.id, url: webhook.url, order, steps });
		}
	}
	return made;
}

function callStep(step: string, integration: string, url: string): object {
	return {
		id: step,
		type: "http",
		method: "POST",
		url,
		timeoutMs: TIMEOUT_MS,
		body: {
			integration,
			step,
			number: "{{ steps.map.number }}",
			lane: "{{ steps.map.lane }}",
			sequence: "{{ event.sequence }}",
			eventId: "{{ event.id }}",
		},
	};
}

/** Waits until nothing is pending. @returns seconds that it took */
export async function quiet(account: Account, integrations: readonly { id: string }[]): Promise<number> {
	const start = Date.now();
	for (let look = 1; ; look++) {
		const ledgers = await Promise.all(integrations.map(({ id }) => account.call<Kept["ledger"]>("GET", `/api/integrations/${id}/ledger`)));
		const pending = ledgers.map((ledger) => ledger.events.pending);
		const seconds = Math.round((Date.now() - start) / 1000);
		if (pending.every((count) => count === 0)) return seconds;
		if (Date.now() - start > QUIET_LIMIT_MS) {
			console.log(`Still pending after ${seconds} s: ${pending.join(", ")}`);
			return seconds;
		}
		if (look % 20 === 0) console.log(`pending after ${seconds} s: ${pending.join(", ")}`);
		await sleep(500);
	}
}

/** @param repeated whose journal is read as well, by `<sequence>/<step>` */
export async function keptOf(account: Account, id: string, repeated: readonly { name: string; calls: Call[] }[]): Promise<Kept> {
	const path = `/api/integrations/${id}`;
	const [events, executions, ledger] = await Promise.all([
		all<{ id: string; sequence: number; executionId: string }>(account, `${path}/events`),
		all<Kept["executions"][number]>(account, `${path}/executions`),
		account.call<Kept["ledger"]>("GET", `${path}/ledger`),
	]);
	const executionOf = new Map(events.map(({ sequence, executionId }) => [sequence, executionId]));
	const attempts: Kept["attempts"] = {};
	for (const { name, calls } of repeated) {
		const [call] = calls;
		const executionId = call && executionOf.get(call.sequence);
		if (call && executionId) attempts[name] = await attemptsOf(account, `${path}/executions/${executionId}`, call.step);
	}
	return { events, executions, attempts, ledger };
}

interface JournaledStep {
	id: string;
	attempts: { startedAt: string; status: string; error?: { code: string } }[];
}

async function attemptsOf(account: Account, path: string, step: string): Promise<Attempt[]> {
	const { steps } = await account.call<{ steps: JournaledStep[] }>("GET", path);
	const journaled = steps.find(({ id }) => id === step)?.attempts ?? [];
	return journaled.map(({ startedAt, status, error }) => ({ startedAt: Date.parse(startedAt), status, code: error?.code ?? null }));
}

async function all<T>(account: Account, path: string): Promise<T[]> {
	const items: T[] = [];
	for (let cursor: string | null = ""; cursor !== null; ) {
		const query = `limit=100${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;
		const page: { items: T[]; cursor: string | null } = await account.call("GET", `${path}?${query}`);
		items.push(...page.items);
		cursor = page.cursor;
	}
	return items;
}
