import { Callout, Card, Skeleton } from "../../../components/surfaces";
import type { PreviewState } from "./use-preview";

/** The schedule in words, and its next runs. */
export function PreviewCard({ preview, enabled }: { preview: PreviewState; enabled: boolean }) {
	const { value, errors, message } = preview;
	const wrong = errors.size > 0 || message !== null;
	return (
		<Card title="Next runs">
			<div class="stack" aria-busy={preview.pending}>
				{message !== null && <Callout kind="bad">{message}</Callout>}
				{value === null && !wrong && <Skeleton height="20px" lines={4} />}
				{wrong && message === null && <p class="soft">Correct the marked field to see when it runs.</p>}
				{value !== null && !wrong && (
					<div>
						<p class="schedule-sentence" role="status">
							{value.sentence}
						</p>
						<ol class="schedule-next">
							{value.next.map((iso) => (
								<li key={iso}>
									<time dateTime={iso}>{inZone(iso, value.timeZone)}</time>
								</li>
							))}
						</ol>
						{value.next.length === 0 && <p class="soft">It never runs.</p>}
						<p class="faint small">{value.timeZone}</p>
					</div>
				)}
				{!enabled && <p class="soft">The schedule is off. These are the runs that it would have.</p>}
			</div>
		</Card>
	);
}

function inZone(iso: string, timeZone: string): string {
	return new Intl.DateTimeFormat(undefined, {
		weekday: "short",
		day: "numeric",
		month: "short",
		year: "numeric",
		hour: "2-digit",
		minute: "2-digit",
		timeZoneName: "short",
		timeZone,
	}).format(new Date(iso));
}
