import type { TabId } from "./context";

const TAB_OF: Record<string, TabId> = { webhook: "webhook", schedule: "schedule", workflow: "workflow" };

/** The tab on which a field stands. */
export function tabOf(field: string, takesWebhook: boolean): TabId {
	const part = field.split(".")[0] ?? "";
	if (field.startsWith("webhook.redaction")) return "general";
	if (part === "ordering") return takesWebhook ? "webhook" : "general";
	return TAB_OF[part] ?? "general";
}

/** Fields by what they are called on the page. */
const WORDS: readonly [field: string, words: string][] = [
	["ordering.key", "Order, key"],
	["ordering.concurrency", "Order, how many at once"],
	["ordering.startsPerSecond", "Order, how many begin each second"],
	["ordering.onFailure", "Order, when an event fails"],
	["webhook.dedupe.header", "Duplicates, header"],
	["webhook.dedupe.fields", "Duplicates, fields"],
	["webhook.dedupe.windowSeconds", "Duplicates, remember each for"],
	["webhook.dedupe", "Duplicates"],
	["webhook.verification", "Who sends"],
	["webhook.ratePerSecond", "Limits, deliveries each second"],
	["webhook.pendingMax", "Limits, events that may wait"],
	["webhook.methods", "Methods it takes"],
	["webhook.filter", "What is accepted, filter"],
	["webhook.batch", "What is accepted, the list"],
	["webhook.allowedIps", "What is accepted, addresses that may send"],
	["webhook.response.status", "Answer, status"],
	["webhook.response", "Answer"],
	["webhook.redaction.fields", "Masking, fields"],
	["webhook.redaction.patterns", "Masking, what it looks for"],
	["webhook.redaction", "Masking"],
	["webhook.enabled", "Webhook, enabled"],
	["schedule.enabled", "Schedule, enabled"],
	["schedule.kind", "Schedule, kind"],
	["schedule.every", "Schedule, every"],
	["schedule.unit", "Schedule, unit"],
	["schedule.activateOn", "Schedule, activate on"],
	["schedule.at", "Schedule, daily at"],
	["schedule.timeZone", "Schedule, time zone"],
	["schedule.cron", "Schedule, cron"],
	["schedule", "Schedule"],
	["ordering", "Order"],
	["vars", "Variables"],
	["categories", "Categories"],
	["description", "Description"],
	["name", "Name"],
	["onFailureIntegrationId", "When an event fails, run"],
	["silenceMinutes", "Alert after so many minutes without an event"],
	["retention.days", "Keep events for, days"],
	["retention.bytes", "Keep at most, MB"],
];

/** What a field is called on the page; of a list, which of its lines: `webhook.allowedIps.2` is its third. */
export function wordsFor(field: string): string {
	if (field === "") return "This integration";
	const [start, words] = WORDS.find(([one]) => field === one || field.startsWith(`${one}.`)) ?? [field, field];
	const place = /^\.(\d+)$/.exec(field.slice(start.length))?.[1];
	return place === undefined ? words : `${words}, line ${Number(place) + 1}`;
}
