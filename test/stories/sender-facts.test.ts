import { exports } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EventDetail, ExecutionDetail, InboxPage, Integration } from "../../worker/api/types";
import snsVectors from "../connectors/vectors/aws-sns.json";
import { givenIntegration, givenPerson, type Someone } from "../given/api";
import { eventually } from "../given/eventually";
import { Outside } from "../given/outside";
import { stripe } from "../given/stripe";

let ada: Someone;
let outside: Outside | null = null;
beforeEach(async () => {
	ada = await givenPerson();
});
afterEach(() => {
	outside?.close();
	outside = null;
	vi.restoreAllMocks();
});

const SECRET = "whsec_right-and-long-enough";

async function givenEndpoint(webhook: object, output: unknown): Promise<Integration> {
	const { id } = await givenIntegration(ada, { workflow: { steps: [{ id: "said", type: "map", output }] } });
	const { version } = await ada.get<Integration>("GET", `/api/integrations/${id}`);
	return ada.get("PATCH", `/api/integrations/${id}`, { version, webhook: { enabled: true, ...webhook } });
}

const post = ({ webhook }: Integration, body: string, headers: Record<string, string>): Promise<Response> =>
	exports.default.fetch(webhook.url ?? "", { method: "POST", headers, body });

/** The newest event, and what its workflow's one step made of it. */
async function outcome({ id }: Integration): Promise<{ event: EventDetail; output: unknown }> {
	const { items } = await ada.get<InboxPage>("GET", `/api/integrations/${id}/inbox`);
	const event = await ada.get<EventDetail>("GET", `/api/integrations/${id}/events/${items[0]?.event?.id}`);
	return eventually(async () => {
		const execution = await ada.get<ExecutionDetail>("GET", `/api/integrations/${id}/executions/${event.executionId}`);
		expect(execution.status).toBe("succeeded");
		return { event, output: execution.steps[0]?.output };
	});
}

describe("what a sender says of its event", () => {
	const OUTPUT = { who: "{{ event.sender }}", what: "{{ event.name }}", when: "{{ event.occurredAt }}" };

	it("is read when it comes, listed with it, and known to its workflow", async () => {
		const shop = await givenEndpoint({ verification: { scheme: "stripe", secrets: [SECRET] } }, OUTPUT);
		const body = '{"id":"evt_1","type":"invoice.paid","created":1790000000}';
		expect((await post(shop, body, { "content-type": "application/json", ...stripe(SECRET, body) })).status).toBe(202);
		const { event, output } = await outcome(shop);
		expect(event).toMatchObject({ sender: "stripe", name: "invoice.paid", occurredAt: "2026-09-21T14:13:20.000Z" });
		expect(output).toEqual({ who: "stripe", what: "invoice.paid", when: "2026-09-21T14:13:20.000Z" });
	});

	it("is taken from what is accepted after all too, which no sender has proven to be its own", async () => {
		const shop = await givenEndpoint({ verification: { scheme: "stripe", secrets: [SECRET] } }, OUTPUT);
		const body = '{"id":"evt_1","type":"invoice.paid","created":1790000000}';
		expect((await post(shop, body, { "content-type": "application/json" })).status).toBe(401);
		const { items } = await ada.get<InboxPage>("GET", `/api/integrations/${shop.id}/inbox`);
		await ada.get("POST", `/api/integrations/${shop.id}/deliveries/${items[0]?.delivery?.id}/accept`);
		expect((await outcome(shop)).output).toEqual({ what: "invoice.paid", when: "2026-09-21T14:13:20.000Z", who: null });
	});

	it("is found by its name, and names what was refused by the headers that came", async () => {
		const code = await givenEndpoint({ verification: { scheme: "github", secrets: [SECRET] } }, OUTPUT);
		const signed = (body: string, event: string) => ({
			"content-type": "application/json",
			"x-github-event": event,
			"x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
		});
		expect((await post(code, "{}", signed("{}", "push"))).status).toBe(202);
		expect((await post(code, "[]", signed("{}", "issues"))).status).toBe(401);
		const inbox = (query = "") => ada.get<InboxPage>("GET", `/api/integrations/${code.id}/inbox${query}`);
		expect((await inbox()).items.map(({ event, delivery }) => [event?.name, delivery?.name])).toEqual([
			[undefined, "issues"],
			["push", undefined],
		]);
		await eventually(async () => expect((await inbox("?q=push")).items.map(({ event }) => event?.sequence)).toEqual([1]));
		expect((await inbox("?q=pushed")).items).toEqual([]);
	});

	it("is nothing where nobody was asked to prove who it is", async () => {
		const shop = await givenEndpoint({}, OUTPUT);
		expect((await post(shop, '{"type":"invoice.paid","created":1790000000}', { "content-type": "application/json" })).status).toBe(202);
		const { event, output } = await outcome(shop);
		expect(event).toMatchObject({ sender: null, name: null, occurredAt: null });
		expect(output).toEqual({ who: null, what: null, when: null });
	});
});

describe("a sender that calls its JSON text", () => {
	it("is read as JSON once it has proven itself, while the same text from anybody stays text", async () => {
		const vector = snsVectors.vectors.find(({ request }) => request.body?.includes('"Type":"Notification"'));
		if (!vector?.fetched) throw new Error("there is no vector of a notification");
		const [certificate] = Object.values(vector.fetched);
		outside = new Outside(() => new Response(certificate));
		const shop = await givenEndpoint({ verification: { scheme: "aws-sns", secrets: vector.secrets } }, "{{ event.body.Type }}");
		const open = await givenEndpoint({}, "{{ $type(event.body) }}");
		const now = vi.spyOn(Date, "now").mockReturnValue(Date.parse(vector.at));
		expect((await post(shop, vector.request.body ?? "", vector.request.headers)).status).toBe(202);
		now.mockRestore();
		expect((await post(open, vector.request.body ?? "", vector.request.headers)).status).toBe(202);
		const { event, output } = await outcome(shop);
		expect(output).toBe("Notification");
		expect(event).toMatchObject({ body: vector.request.body, occurredAt: "2026-11-22T10:00:00.000Z" });
		expect((await outcome(open)).output).toBe("string");
	});
});
