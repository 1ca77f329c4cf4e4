type Statuses = (number | string)[];

/** `200-299, 404` → `["200-299", 404]`; null where the text cannot be read. */
export function readStatuses(text: string): Statuses | null {
	const parts = text
		.split(/[\s,]+/)
		.filter((part) => part !== "")
		.map((part) => (/^[1-5]\d\d$/.test(part) ? Number(part) : /^[1-5]\d\d-[1-5]\d\d$/.test(part) ? part : null));
	return parts.includes(null) ? null : (parts as Statuses);
}

export function statusesText(statuses: Statuses | undefined): string {
	return (statuses ?? []).join(", ");
}
