import { Fragment } from "preact";
import { CheckIcon, ClockIcon, DotIcon, FailedIcon, FilterIcon, type Icon, RunningIcon } from "../../../components/icons";
import { describeDuration } from "../../../components/time";
import { type Scale, scaleOf, type Waterfall, type WaterfallRow } from "./waterfall";
import "./waterfall.css";

/** Bars narrower than this, in per cent, would not be seen. */
const LEAST_WIDTH = 0.6;
/** A wait as wide as this, in per cent, has room to say how long it was. */
const LABEL_WIDTH = 22;
const ICONS: Record<WaterfallRow["tone"], Icon> = { good: CheckIcon, bad: FailedIcon, warn: ClockIcon, calm: DotIcon, accent: RunningIcon };

/** Each step of an event's way as a bar on one scale; long waits are drawn short, and say how long they were. */
export function WaterfallChart({ waterfall }: { waterfall: Waterfall }) {
	const { scale, cuts } = scaleOf(waterfall);
	const whole = waterfall.to - waterfall.from;
	return (
		<div class="waterfall">
			<ol>
				{waterfall.rows.map((row) => (
					<Bar key={row.id} row={row} scale={scale} />
				))}
			</ol>
			<p class="waterfall-axis faint small" aria-hidden="true">
				<span>0</span>
				{cuts.length > 0 && <span>long waits are drawn short</span>}
				<span>{describeDuration(whole)}</span>
			</p>
		</div>
	);
}

function Bar({ row, scale }: { row: WaterfallRow; scale: Scale }) {
	const Picture = row.outcome === "filtered" ? FilterIcon : ICONS[row.tone];
	const took = row.durationMs === null ? "" : describeDuration(row.durationMs);
	const isWait = row.segments.every(({ kind }) => kind === "wait");
	const waited = isWait ? 0 : row.segments.reduce((sum, { kind, from, to }) => sum + (kind === "wait" ? to - from : 0), 0);
	return (
		<li class={`waterfall-row ${row.tone}`} data-wait={isWait}>
			<span class="waterfall-label">
				<span class="waterfall-icon">
					<Picture size={12} />
				</span>
				<span class="waterfall-name" title={row.host === null ? row.label : `${row.label}: ${row.host}`}>
					<span class="clip">{row.label}</span>
					{row.host !== null && <span class="faint small clip">{row.host}</span>}
				</span>
			</span>
			<span class="waterfall-track" aria-hidden="true">
				{row.segments.map(({ kind, from, to }) => {
					const [start, end] = [scale(from) * 100, scale(to) * 100];
					const width = Math.max(end - start, LEAST_WIDTH);
					const left = Math.min(start, 100 - width);
					return (
						<Fragment key={`${kind}${from}`}>
							<span class={`waterfall-bar ${kind}`} style={{ left: `${left}%`, width: `${width}%` }} />
							{kind === "wait" && !isWait && width > LABEL_WIDTH && (
								<span class="waterfall-waited" style={{ left: `${left + width / 2}%` }}>
									{describeDuration(to - from)}
								</span>
							)}
						</Fragment>
					);
				})}
			</span>
			<span class="waterfall-took">
				{waited > 0 && <span class="unseen">after {describeDuration(waited)}, </span>}
				<span class="waterfall-outcome">{row.outcome}</span>
				{took !== "" && <span> {took}</span>}
			</span>
		</li>
	);
}
