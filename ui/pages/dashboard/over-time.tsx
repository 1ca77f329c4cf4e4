import { useState } from "preact/hooks";
import type { IntegrationSummary } from "../../../worker/api/types";
import { api, call } from "../../api";
import { type Choice, SelectField } from "../../components/field";
import { LoadFailure } from "../../components/table";
import { describeDuration } from "../../components/time";
import { useResource } from "../../resource";
import { Chart } from "./chart";

const REFRESH_MS = 30_000;
const HOUR_MS = 3_600_000;

/** Spans, and the length of a stretch in seconds: a quarter of an hour, an hour, a day. */
const SPANS = {
	day: { label: "Last 24 hours", ms: 24 * HOUR_MS, step: 900, format: { hour: "2-digit", minute: "2-digit" } },
	week: { label: "Last 7 days", ms: 7 * 24 * HOUR_MS, step: 3600, format: { weekday: "short", hour: "2-digit", minute: "2-digit" } },
	month: {
		label: "Last 30 days",
		ms: 30 * 24 * HOUR_MS,
		step: 24 * 3600,
		format: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
	},
} as const satisfies Record<string, { label: string; ms: number; step: number; format: Intl.DateTimeFormatOptions }>;
type Span = keyof typeof SPANS;
const SPAN_CHOICES = (Object.keys(SPANS) as Span[]).map((value) => ({ value, label: SPANS[value].label }));

/** What came in, how it ended and how long it took, over time. */
export function OverTime({ integrations }: { integrations: readonly IntegrationSummary[] }) {
	const [span, setSpan] = useState<Span>("day");
	const [integrationId, setIntegrationId] = useState("");
	const { value, failure, reload } = useResource(`statistics/${span}/${integrationId}`, () => load(span, integrationId), REFRESH_MS);
	const choices: Choice[] = [{ value: "", label: "All integrations" }, ...integrations.map(({ id, name }) => ({ value: id, label: name }))];
	const words = new Intl.DateTimeFormat(undefined, SPANS[span].format);
	const describeStart = (iso: string) => words.format(new Date(iso));
	const items = value?.items;
	const starts = items?.map(({ at }) => at);
	const count = (id: "received" | "succeeded" | "failed", name: string) => ({
		id,
		name,
		values: items?.map((item) => item[id]) ?? [],
		sum: (items ?? []).reduce((sum, item) => sum + item[id], 0).toLocaleString(),
	});
	const lags = items?.map(({ lagMs }) => lagMs) ?? [];
	const longest = lags.reduce<number | null>((most, lag) => (lag === null ? most : Math.max(most ?? 0, lag)), null);

	return (
		<section class="stack" aria-label="Over time">
			<div class="row apart">
				<h2>Over time</h2>
				<div class="chart-choices">
					<SelectField label="Integration" unlabelled value={integrationId} onValue={setIntegrationId} choices={choices} />
					<SelectField label="Time span" unlabelled value={span} onValue={setSpan} choices={SPAN_CHOICES} />
				</div>
			</div>
			{failure && <LoadFailure failure={failure} onRetry={reload} />}
			<div class="charts">
				<Chart
					title="Events"
					about="Received, and how they ended."
					starts={starts}
					lines={[
						{ ...count("received", "Received"), look: "area" },
						{ ...count("succeeded", "Succeeded"), look: "line" },
						{ ...count("failed", "Failed"), look: "line", dashed: true },
					]}
					describe={(value) => value.toLocaleString()}
					describeStart={describeStart}
					empty="Nothing was received in this time."
				/>
				<Chart
					title="Lag"
					about="The longest time from received to ended."
					starts={starts}
					lines={[{ id: "lag", name: "Longest", look: "bars", values: lags, sum: longest === null ? "–" : describeDuration(longest) }]}
					describe={describeDuration}
					describeStart={describeStart}
					empty="Nothing ended in this time."
				/>
			</div>
		</section>
	);
}

function load(span: Span, integrationId: string) {
	const { ms, step } = SPANS[span];
	const to = Date.now();
	const query = { from: new Date(to - ms).toISOString(), to: new Date(to).toISOString(), step: String(step) };
	return call(api.statistics.$get({ query: integrationId === "" ? query : { ...query, integrationId } }));
}
