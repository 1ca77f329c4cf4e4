import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { EventDetail, Integration, Ledger } from "../../worker/api/types.ts";
import { type Account, givenAccount } from "../given/account.ts";
import { Random } from "./random.ts";
import { type FuzzedRequest, MARK, makeRequest, type Target } from "./requests.ts";
import { Wire, type WireAnswer } from "./wire.ts";

export interface Figures {
	seed: number;
	requests: number;
	seconds: number;
	/** How often each status came; `closed` where the connection ended without an answer. */
	statuses: Record<string, number>;
	accepted: number;
	/** Events whose stored body, marks and owner were compared with what was sent. */
	compared: number;
	executions: { succeeded: number; failed: number };
	/** Processes of the runtime that were there from the beginning to the end. */
	runtimes: number;
}

const CONNECTIONS = 12;
const ANSWER_LIMIT_MS = 20_000;
/** Where the server has a right to wait for more. */
const BROKEN_LIMIT_MS = 3_000;
const READERS = 6;
const QUIET_LIMIT_MS = 180_000;
const SECRET = "a secret that both sides know";

interface Endpoint extends Target {
	id: string;
}

interface Accepted {
	request: FuzzedRequest;
	eventId: string;
}

/**
 * Sends random requests to two endpoints at once, then compares all that is stored with what was sent.
 * @returns figures, and a sentence for each thing that is amiss
 */
export async function runCampaign(url: string, seed: number, requests: number): Promise<{ figures: Figures; found: string[] }> {
	const began = Date.now();
	const account = await givenAccount(url);
	const endpoints = [await givenEndpoint(account, null), await givenEndpoint(account, SECRET)];
	const found: string[] = [];
	const statuses: Record<string, number> = {};
	const accepted: Accepted[] = [];
	const random = new Random(seed);
	const marks = new Set<string>();
	let sent = 0;

	const sendAll = async (): Promise<void> => {
		const wire = new Wire(Number(new URL(url).port));
		while (sent < requests) {
			const request = makeRequest(random, endpoints);
			sent++;
			marks.add(request.mark);
			const answer = await wire
				.send(request.bytes, {
					last: request.last,
					head: request.bytes.subarray(0, 5).toString() === "HEAD ",
					limitMs: request.last ? BROKEN_LIMIT_MS : ANSWER_LIMIT_MS,
				})
				.catch((error: Error) => error);
			if (answer instanceof Error) {
				if (request.body !== null && !request.last) found.push(`${request.mark}: ${answer.message}`);
				count(statuses, "none");
				continue;
			}
			if (answer === null || isOfServer(request, answer)) {
				count(statuses, answer === null ? "closed" : `${answer.status} of the HTTP server`);
				continue;
			}
			count(statuses, String(answer.status));
			found.push(...amissIn(request, answer), ...foreign(request.mark, answer.text, marks));
			if (answer.status === 202) accepted.push({ request, eventId: (JSON.parse(answer.text) as { id: string }).id });
		}
		wire.close();
	};
	await Promise.all(Array.from({ length: CONNECTIONS }, sendAll));

	const executions = { succeeded: 0, failed: 0 };
	for (const [target, { id }] of endpoints.entries()) {
		const ledger = await quietLedger(account, id);
		const made = accepted.filter(({ request }) => request.target === target).length;
		const { deliveries, events } = ledger;
		executions.succeeded += events.succeeded;
		executions.failed += events.failed;
		if (!ledger.balanced) found.push(`the ledger of ${id} does not balance: ${JSON.stringify(ledger)}`);
		if (deliveries.accepted !== made) found.push(`${id}: ${made} deliveries were answered 202, and ${deliveries.accepted} were accepted`);
		if (deliveries.accepted !== deliveries.eventsMade)
			found.push(`${id}: ${deliveries.eventsMade} events of ${deliveries.accepted} deliveries`);
	}
	let compared = 0;
	const left = [...accepted];
	const readAll = async (): Promise<void> => {
		for (let next = left.pop(); next; next = left.pop()) {
			const { id } = endpoints[next.request.target] as Endpoint;
			found.push(
				...differences(next.request, await account.call<EventDetail>("GET", `/api/integrations/${id}/events/${next.eventId}`), marks),
			);
			compared++;
		}
	};
	await Promise.all(Array.from({ length: READERS }, readAll));
	await account.call("GET", "/api/health");
	const seconds = Math.round((Date.now() - began) / 1000);
	return { figures: { seed, requests: sent, seconds, statuses, accepted: accepted.length, compared, executions, runtimes: 0 }, found };
}

async function givenEndpoint(account: Account, secret: string | null): Promise<Endpoint> {
	const made = await account.call<Integration>("POST", "/api/integrations", {
		name: secret === null ? "Fuzzed" : "Fuzzed and signed",
		workflow: { steps: [{ id: "read", type: "map", output: { kind: "{{ $type(event.body) }}", path: "{{ event.path }}" } }] },
	});
	const verification =
		secret === null
			? { scheme: "none" }
			: { scheme: "hmac", secrets: [secret], header: "x-signature", algorithm: "sha256", encoding: "hex" };
	const methods = secret === null ? ["POST", "PUT", "PATCH", "DELETE", "GET"] : ["POST"];
	const saved = await account.call<Integration>("PATCH", `/api/integrations/${made.id}`, {
		version: made.version,
		webhook: { enabled: true, methods, verification },
	});
	return { id: made.id, path: new URL(saved.webhook.url ?? "").pathname, secret };
}

/**
 * Answers that no Worker gives: to methods that HTTP does not know, and of wrangler's own proxy where a body never came
 * whole or the host was not one.
 */
function isOfServer({ method, body, hosted }: FuzzedRequest, { status, text }: WireAnswer): boolean {
	if (status === 501) return text === "ERROR: Unrecognized request method.";
	if (status !== 500 || (body !== null && hosted)) return false;
	if (method === "HEAD") return true; // its answer has no text to go by
	return text === "Internal Server Error" ? !hosted : CUT_OFF.test(text);
}
/** What wrangler's own worker in front of ours says of a body that its sender cut off: in these words, or more rarely in those. */
const CUT_OFF = /^Error: (?:Network connection lost|Promise will never complete)\.\n\s+at async Object\.fetch \(.*miniflare/;

function amissIn(request: FuzzedRequest, { status, text }: WireAnswer): string[] {
	const found: string[] = [];
	const { mark, statuses, body } = request;
	if (status >= 500 || status === 0) found.push(`${mark}: answered ${status} ${text.slice(0, 200)}`);
	if (statuses !== null && !statuses.includes(status)) found.push(`${mark}: answered ${status} and not ${statuses.join(" or ")}`);
	if (status < 300 && body === null && !isUnread(request)) found.push(`${mark}: answered ${status} though its body cannot be read`);
	return found;
}

const isUnread = ({ method, chunked }: FuzzedRequest): boolean => chunked && ["GET", "HEAD", "OPTIONS"].includes(method);

/** Marks of other requests in what came of one; a changed byte makes a mark that nobody has. */
function foreign(mark: string, text: string, marks: ReadonlySet<string>): string[] {
	const others = [...text.matchAll(MARK)].flatMap(([other]) => (other !== mark && marks.has(other) ? [other] : []));
	return others.map((other) => `${mark}: something of ${other} is in it`);
}

function differences(request: FuzzedRequest, event: EventDetail, marks: ReadonlySet<string>): string[] {
	const found: string[] = [];
	const { mark } = request;
	const body = isUnread(request) ? Buffer.alloc(0) : request.body;
	const stored = Buffer.from(event.body, event.bodyEncoding === "base64" ? "base64" : "utf8");
	if (body === null || hash(stored) !== hash(body)) found.push(`${mark}: ${stored.length} bytes were stored, ${body?.length} were sent`);
	if (event.size !== stored.length) found.push(`${mark}: the size is ${event.size} and not ${stored.length}`);
	const own = JSON.stringify([event.path, event.query, event.headers]);
	found.push(...foreign(mark, own, marks), ...foreign(mark, stored.toString("latin1"), marks));
	if (!own.includes(mark)) found.push(`${mark}: its own mark is not in it`);
	if (event.headers.some(([name]) => name === "cookie" || name === "cf-connecting-ip"))
		found.push(`${mark}: a header is kept that is not the sender's`);
	return found;
}

/** The ledger once everything has ended. */
async function quietLedger(account: Account, id: string): Promise<Ledger> {
	for (const end = Date.now() + QUIET_LIMIT_MS; ; await sleep(200)) {
		const ledger = await account.call<Ledger>("GET", `/api/integrations/${id}/ledger`);
		if (ledger.events.pending === 0 || Date.now() > end) return ledger;
	}
}

const hash = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

function count(counts: Record<string, number>, name: string): void {
	counts[name] = (counts[name] ?? 0) + 1;
}
