/**
 * Headers in which senders name a delivery, the same on every repeat; tried in this order. X-Shopify-Webhook-Id was
 * seen to change on a retry, so the event's id goes before it.
 */
const SENDER_HEADERS = [
	"webhook-id",
	"svix-id",
	"x-github-delivery",
	"x-gitlab-event-uuid",
	"x-shopify-event-id",
	"x-shopify-webhook-id",
	"linear-delivery",
	"greenhouse-event-id",
	"x-zm-request-id",
	"x-atlassian-webhook-identifier",
	"idempotency-key",
	"request-id",
];

type HeaderList = readonly (readonly [name: string, value: string])[];

/** The id that the sender gave a delivery, and the header that it stands in; null where it carries none that is known. */
export function senderId(headers: HeaderList): { header: string; value: string } | null {
	for (const header of SENDER_HEADERS) {
		const value = headerOf(headers, header);
		if (value !== null) return { header, value };
	}
	return null;
}

/**
 * The trimmed value of a header; null where there is none, or an empty one.
 * @param name in lower case, as the names in `headers`
 */
export function headerOf(headers: HeaderList, name: string): string | null {
	const value = headers.find(([known]) => known === name)?.[1].trim();
	return value ? value : null;
}
