import { signal } from "@preact/signals";
import { describeExactly, describePast, describeTime } from "./time-words";

export { describeDuration, describeExactly, describePast, describeTime } from "./time-words";

/** One clock for all times on the screen. */
const now = signal(Date.now());
if (typeof document !== "undefined") {
	setInterval(() => {
		if (!document.hidden) now.value = Date.now();
	}, 15_000);
}

interface TimeProps {
	/** ISO 8601, or null for never. */
	iso: string | null | undefined;
	/** Shows the date and time in full; else how long ago, with the full one as a tooltip. */
	full?: boolean;
	/** It may lie ahead: an end, the next run. */
	ahead?: boolean;
	/** IANA zone of `full`; the viewer's own unless given. */
	timeZone?: string;
	/** What stands where there is no time. */
	never?: string;
}

/** A moment, in the viewer's language and zone, kept current. */
export function Time({ iso, full = false, ahead = false, timeZone, never = "never" }: TimeProps) {
	if (!iso) return <span class="faint">{never}</span>;
	// Read for the sake of being told when it changes: what is drawn in between knows the time better.
	const at = Math.max(now.value, Date.now());
	const words = ahead ? describeTime : describePast;
	return (
		<time dateTime={iso} title={describeExactly(iso)} class="time">
			{full ? describeExactly(iso, timeZone) : words(Date.parse(iso), at)}
		</time>
	);
}
