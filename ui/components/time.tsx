import { signal } from "@preact/signals";

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

/** One clock for all times on the screen. */
const now = signal(Date.now());
if (typeof document !== "undefined") {
	setInterval(() => {
		if (!document.hidden) now.value = Date.now();
	}, 15_000);
}

/** "3 min ago", "in 2 hr", "just now". */
export function describeTime(at: number, from: number): string {
	const seconds = Math.round((at - from) / 1_000);
	const size = Math.abs(seconds);
	if (size < 10) return "just now";
	for (const [limit, divisor, unit] of STEPS) if (size < limit) return relative.format(Math.trunc(seconds / divisor), unit);
	return exact.format(at);
}

/** "840 ms", "2.4 s", "3 min 5 s". */
export function describeDuration(ms: number): string {
	if (ms < 1_000) return `${Math.round(ms)} ms`;
	if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
	const minutes = Math.floor(ms / 60_000);
	if (minutes < 60) return `${minutes} min ${Math.round((ms % 60_000) / 1_000)} s`;
	return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The date and time in full, in the viewer's zone or the given one. */
export function describeExactly(iso: string, timeZone?: string): string {
	if (timeZone === undefined) return exact.format(new Date(iso));
	return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(iso));
}

interface TimeProps {
	/** ISO 8601, or null for never. */
	iso: string | null | undefined;
	/** Shows the date and time in full; else how long ago, with the full one as a tooltip. */
	full?: boolean;
	/** IANA zone of `full`; the viewer's own unless given. */
	timeZone?: string;
	/** What stands where there is no time. */
	never?: string;
}

/** A moment, in the viewer's language and zone, kept current. */
export function Time({ iso, full = false, timeZone, never = "never" }: TimeProps) {
	if (!iso) return <span class="faint">{never}</span>;
	const text = full ? describeExactly(iso, timeZone) : describeTime(Date.parse(iso), Math.max(now.value, Date.now() - 15_000));
	return (
		<time dateTime={iso} title={describeExactly(iso)} class="time">
			{text}
		</time>
	);
}
