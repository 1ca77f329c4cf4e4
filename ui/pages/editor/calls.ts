import type {
	BlockedLaneView,
	Connection,
	DeliveryDetail,
	DeliverySummary,
	EventDetail,
	EventSummary,
	ExecutionDetail,
	ExecutionStatus,
	ExecutionSummary,
	ExplanationView,
	Integration,
	IntegrationSummary,
	Kept,
	Ledger,
	MaskedEvent,
	Page,
	Queued,
	Redaction,
	SchedulePreview,
	ScheduleSettings,
	ScheduleState,
	SenderView,
	VersionDetail,
	VersionSummary,
	Workflow,
	WorkflowProblem,
} from "../../../worker/api/types";
import { api, call as callTyped, type Result } from "../../api";
import type { Json, JsonObject } from "./draft";

/** Every call that this page makes, by what it is for. None throws; a refusal comes back in words. */

/**
 * The client's types describe JSON: what is `unknown` or recursive on the worker's side (vars, templates) comes out
 * differently, though it is the same. Each call below names the type that the route answers with.
 */
const call = <T>(request: Promise<unknown>): Promise<Result<T>> => callTyped(request) as unknown as Promise<Result<T>>;

const integration = api.integrations[":id"];

export interface ReplayWanted {
	from: "start" | "failedStep";
	version?: "current" | "original";
	body?: Json;
}

/** An event to run by hand: its body as JSON, or as text of the content type that the headers name. */
export interface RunWanted {
	body?: Json;
	text?: string;
	headers?: Record<string, string>;
}

interface PageWanted {
	limit?: number;
	cursor?: string | null;
}

export const calls = {
	integration: (id: string): Promise<Result<Integration>> => call(integration.$get({ param: { id } })),

	/** The integrations of the workspace, to choose one from. */
	others: (): Promise<Result<Page<IntegrationSummary>>> => call(api.integrations.$get({ query: { limit: "200" } })),

	kept: (id: string): Promise<Result<Kept>> => call(integration.kept.$get({ param: { id } })),

	/** @param version the one that the changes started from; a stale one answers 409 */
	save: (id: string, version: number, changes: JsonObject): Promise<Result<Integration>> =>
		orSaved(id, call(integration.$patch({ param: { id }, json: { version, ...changes } }))),

	check: (id: string, workflow: Workflow): Promise<Result<{ problems: WorkflowProblem[] }>> =>
		call(integration.check.$post({ param: { id }, json: { workflow } })),

	rotate: (id: string, rotation: { graceSeconds: number; endEarlier: boolean }): Promise<Result<Integration>> =>
		orSaved(id, call(integration.webhook.rotate.$post({ param: { id }, json: rotation }))),

	run: (id: string, wanted: RunWanted): Promise<Result<Queued>> => call(integration.run.$post({ param: { id }, json: wanted })),

	versions: (id: string, wanted: PageWanted = {}): Promise<Result<Page<VersionSummary>>> =>
		call(integration.versions.$get({ param: { id }, query: query(wanted) })),

	version: (id: string, version: number): Promise<Result<VersionDetail>> =>
		call(integration.versions[":version"].$get({ param: { id, version: String(version) } })),

	restore: (id: string, version: number): Promise<Result<Integration>> =>
		orSaved(id, call(integration.versions[":version"].restore.$post({ param: { id, version: String(version) } }))),

	ledger: (id: string): Promise<Result<Ledger>> => call(integration.ledger.$get({ param: { id } })),

	events: (id: string, wanted: PageWanted = {}): Promise<Result<Page<EventSummary>>> =>
		call(integration.events.$get({ param: { id }, query: query(wanted) })),

	event: (id: string, eventId: string): Promise<Result<EventDetail>> =>
		call(integration.events[":eventId"].$get({ param: { id, eventId } })),

	deliveries: (id: string, wanted: PageWanted = {}): Promise<Result<Page<DeliverySummary>>> =>
		call(integration.deliveries.$get({ param: { id }, query: query(wanted) })),

	executions: (id: string, wanted: PageWanted & { status?: ExecutionStatus | "" } = {}): Promise<Result<Page<ExecutionSummary>>> =>
		call(integration.executions.$get({ param: { id }, query: query(wanted) })),

	execution: (id: string, executionId: string): Promise<Result<ExecutionDetail>> =>
		call(integration.executions[":executionId"].$get({ param: { id, executionId } })),

	delivery: (id: string, deliveryId: string): Promise<Result<DeliveryDetail>> =>
		call(integration.deliveries[":deliveryId"].$get({ param: { id, deliveryId } })),

	/** Why a delivery was refused; for members. */
	explanation: (id: string, deliveryId: string): Promise<Result<ExplanationView>> =>
		call(integration.deliveries[":deliveryId"].explanation.$get({ param: { id, deliveryId } })),

	/** All systems whose webhooks can be told from others. */
	senders: (): Promise<Result<Page<{ id: string; name: string }>>> => call(api.senders.$get()),

	sender: (id: string): Promise<Result<SenderView>> => call(api.senders[":id"].$get({ param: { id } })),

	/** Makes an event of a delivery that was rejected, or of a duplicate with another body. */
	/** @param again also where it came again meanwhile and was accepted: `duplicate` otherwise */
	acceptDelivery: (id: string, deliveryId: string, again: boolean): Promise<Result<Queued>> =>
		call(integration.deliveries[":deliveryId"].accept.$post({ param: { id, deliveryId }, json: { again } })),

	/** What masking would leave of an event. */
	masked: (id: string, eventId: string, redaction: Redaction): Promise<Result<MaskedEvent>> =>
		call(integration.events[":eventId"].masked.$post({ param: { id, eventId }, json: { redaction } })),

	/** @param wanted `body` replaces the event's; absent keeps it */
	replay: (id: string, eventId: string, wanted: ReplayWanted): Promise<Result<Queued>> =>
		call(integration.events[":eventId"].replay.$post({ param: { id, eventId }, json: wanted })),

	blockedLanes: (id: string): Promise<Result<Page<BlockedLaneView>>> => call(integration.lanes.$get({ param: { id }, query: {} })),

	skipLane: (id: string, laneId: string): Promise<Result<unknown>> =>
		call(integration.lanes[":laneId"].skip.$post({ param: { id, laneId } })),

	scheduleState: (id: string): Promise<Result<ScheduleState>> => call(integration.schedule.$get({ param: { id } })),

	cancel: (id: string, executionId: string): Promise<Result<unknown>> =>
		call(integration.executions[":executionId"].cancel.$post({ param: { id, executionId } })),

	previewSchedule: (schedule: ScheduleSettings): Promise<Result<SchedulePreview>> =>
		call(api.schedule.preview.$post({ json: { schedule } })),

	connections: (): Promise<Result<Page<Connection>>> => call(api.connections.$get({ query: { limit: "200" } })),
};

/** A WebSocket cannot send headers, so the workspace travels in the address. */
export function liveUrl(id: string, workspaceId: string | null): string {
	const named = workspaceId === null ? "" : `?workspace=${encodeURIComponent(workspaceId)}`;
	return `/api/integrations/${encodeURIComponent(id)}/live${named}`;
}

function query(wanted: PageWanted & { status?: string }): Record<string, string> {
	const entries = Object.entries(wanted).filter(([, value]) => value !== undefined && value !== null && value !== "");
	return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** Saved, though not in force yet, is saved: the integration then says so by `applied: false`. */
async function orSaved(id: string, request: Promise<Result<Integration>>): Promise<Result<Integration>> {
	const answer = await request;
	return !answer.ok && answer.code === "saved_not_applied" ? calls.integration(id) : answer;
}
