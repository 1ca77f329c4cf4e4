const STEPS: readonly [limitSeconds: number, divisor: number, unit: Intl.RelativeTimeFormatUnit][] = [
	[60, 1, "second"],
	[3_600, 60, "minute"],
	[86_400, 3_600, "hour"],
	[30 * 86_400, 86_400, "day"],
	[365 * 86_400, 30 * 86_400, "month"],
	[Number.POSITIVE_INFINITY, 365 * 86_400, "year"],
];

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "short" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** "3 min ago", "in 2 hr", "just now". */
export function describeTime(at: number, from: number): string {
	const seconds = Math.round((at - from) / 1_000);
	const size = Math.abs(seconds);
	if (size < 10) return "just now";
	for (const [limit, divisor, unit] of STEPS) if (size < limit) return relative.format(Math.trunc(seconds / divisor), unit);
	return exact.format(at);
}

/** Clocks of the worker and of the viewer differ by so much at most, in ordinary life. */
const SKEW_MS = 120_000;

/** How long ago something was that has happened: a little in the future is the clocks' difference, so "just now". */
export function describePast(at: number, from: number): string {
	return describeTime(at > from && at - from < SKEW_MS ? from : at, from);
}

/** "840 ms", "2.4 s", "3 min 5 s". */
export function describeDuration(ms: number): string {
	if (ms < 1_000) return `${Math.round(ms)} ms`;
	if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1_000);
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
	return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The date and time in full, in the viewer's zone or the given one. */
export function describeExactly(iso: string, timeZone?: string): string {
	if (timeZone === undefined) return exact.format(new Date(iso));
	return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(iso));
}
