import type { DeliverySummary, InboxEntry, Verdict } from "../../../../worker/api/types";
import { fieldPath, timeOf } from "./search";

/** What of the inbox a person wants to see, as it stands in the page's address. */

const PARTS = ["q", "verdict", "status", "sender", "name", "source", "from", "to", "key", "field", "value", "batch"] as const;
export type InboxPart = (typeof PARTS)[number];
/** Absent parts are not asked for. `from` and `to` are wall-clock times of the viewer, `2026-11-21T10:00`. */
export type InboxFilters = Partial<Record<InboxPart, string>>;

/** Of the page's address. */
export function readFilters(query: Record<string, string | undefined>): InboxFilters {
	return Object.fromEntries(PARTS.flatMap((part) => (query[part] ? [[part, query[part]]] : [])));
}

/** Where what was once shown in lists of events and of deliveries is now; null for any other address. */
export function movedTo(query: Record<string, string | undefined>): string | null {
	const { view, event, delivery, execution } = query;
	const entry = event ?? delivery;
	const isOfThem = view === "events" || view === "deliveries" || (entry !== undefined && view !== "inbox");
	if (!isOfThem || execution !== undefined) return null;
	return `?view=inbox${entry === undefined ? "" : `&entry=${encodeURIComponent(entry)}`}${filtersSuffix(readFilters(query))}`;
}

/** `&verdict=refused&q=oak`, or nothing: to be put behind an address that has parameters already. */
export function filtersSuffix(filters: InboxFilters): string {
	return PARTS.map((part) => (filters[part] ? `&${part}=${encodeURIComponent(filters[part])}` : "")).join("");
}

/** The filters with one part changed; an empty text takes it out. */
export const withFilter = (filters: InboxFilters, part: InboxPart, value: string): InboxFilters =>
	readFilters({ ...filters, [part]: value });

/** As the API takes them: what is only half typed is left out. */
export function askedOf({ from, to, field, value, batch, ...rest }: InboxFilters): Record<string, string> {
	const path = fieldPath(field ?? "");
	return {
		...rest,
		...timeOf("from", from),
		...timeOf("to", to),
		...(path !== null && value !== undefined ? { field: path, value } : {}),
		...(batch !== undefined && /^[1-9]\d{0,14}$/.test(batch) ? { batch } : {}),
	};
}

/** Whether only the worker can say what belongs to the list. */
export function isSearch(filters: InboxFilters): boolean {
	const asked = askedOf(filters);
	return ["q", "key", "field", "batch"].some((part) => part in asked);
}

/** Of a delivery that has made its event there is no verdict in the list, where it stands as that event. */
export type Judged = Verdict | "accepted";

const OF_DELIVERY: Record<DeliverySummary["status"], Verdict> = {
	accepted: "unverified",
	rejected: "refused",
	duplicate: "duplicate",
	handshake: "handshake",
};

/** How an entry was judged; a duplicate with another body and a batch that held nothing are told apart in words alone. */
export function verdictOf({ event, delivery }: Pick<InboxEntry, "event" | "delivery">): Judged {
	if (event !== null) return event.source !== "webhook" ? "internal" : event.sender === null ? "unverified" : "verified";
	if (delivery === null) return "unverified";
	return delivery.status === "accepted" && delivery.sequence !== null ? "accepted" : OF_DELIVERY[delivery.status];
}

/** When it came; epoch ms. */
export const cameAt = ({ event, delivery }: InboxEntry): number => Date.parse((event ?? delivery)?.receivedAt ?? "");

/** Negative where the first stands above the second. */
export function byTime(a: InboxEntry, b: InboxEntry): number {
	return cameAt(b) - cameAt(a) || (b.event?.sequence ?? 0) - (a.event?.sequence ?? 0) || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/** Whether a live change belongs to the list, as the worker would judge it; words apart, which are not known here. */
export function isWanted(entry: InboxEntry, filters: InboxFilters): boolean {
	const { event } = entry;
	// An accepted delivery stands there as its event.
	const judged = verdictOf(entry);
	if (judged === "accepted") return false;
	const { verdict, status, sender, name, source } = filters;
	const { from, to } = askedOf(filters);
	if (verdict !== undefined && judged !== verdict) return false;
	if (status !== undefined && event?.status !== status) return false;
	if (source !== undefined && event?.source !== source) return false;
	if (sender !== undefined && event?.sender !== sender) return false;
	if (name !== undefined && event?.name?.toLowerCase().includes(name.toLowerCase()) !== true) return false;
	const at = cameAt(entry);
	return !(from !== undefined && at < Date.parse(from)) && !(to !== undefined && at >= Date.parse(to));
}
