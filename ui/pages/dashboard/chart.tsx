import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button";
import { Card, Skeleton } from "../../components/surfaces";
import { theme } from "../../theme";
import type { Plot } from "./plot";
import "./chart.css";

export interface ChartLine {
	id: string;
	name: string;
	look: "line" | "area" | "bars";
	dashed?: boolean;
	values: readonly (number | null)[];
	/** The whole span in one number, for the legend. */
	sum: string;
}

interface ChartProps {
	title: string;
	about: string;
	/** Start of each stretch, ISO 8601; undefined while loading. */
	starts: readonly string[] | undefined;
	lines: readonly ChartLine[];
	describe: (value: number) => string;
	/** Words for a stretch: its time. */
	describeStart: (iso: string) => string;
	/** Said in place of the chart where there is nothing to draw. */
	empty: string;
}

/** Lines over time, and the same figures as a table. The legend shows sums, or what is below the pointer. */
export function Chart({ title, about, starts, lines, describe, describeStart, empty }: ChartProps) {
	const [asTable, setAsTable] = useState(false);
	const [point, setPoint] = useState<number | null>(null);
	const nothing = starts !== undefined && lines.every(({ values }) => values.every((value) => !value));
	const pointed = point === null ? undefined : starts?.[point];
	const summary = `${title}. ${lines.map(({ name, sum }) => `${name}: ${sum}`).join("; ")}. The same figures can be shown as a table.`;
	return (
		<Card
			title={title}
			about={about}
			level={3}
			actions={
				<Button small aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
					Show as table<span class="unseen"> ({title})</span>
				</Button>
			}
		>
			<div class="chart" aria-busy={starts === undefined}>
				<ul class="chart-legend">
					{lines.map((line) => (
						<li key={line.id}>
							<span class={`chart-swatch chart-${line.id}${line.dashed ? " dashed" : ""}`} aria-hidden="true" />
							{line.name} <strong>{pointed === undefined || point === null ? line.sum : wordsOf(line.values[point], describe)}</strong>
						</li>
					))}
					<li class="chart-when soft">{pointed === undefined ? "" : describeStart(pointed)}</li>
				</ul>
				{starts === undefined && <Skeleton height="200px" />}
				{nothing && <p class="chart-empty soft">{empty}</p>}
				{starts !== undefined && !nothing && !asTable && (
					<Canvas label={summary} starts={starts} lines={lines} describe={describe} onPoint={setPoint} />
				)}
				{starts !== undefined && !nothing && asTable && <Figures title={title} {...{ starts, lines, describe, describeStart }} />}
			</div>
		</Card>
	);
}

const wordsOf = (value: number | null | undefined, describe: (value: number) => string): string =>
	value === null || value === undefined ? "–" : describe(value);

interface CanvasProps extends Pick<ChartProps, "lines" | "describe"> {
	label: string;
	starts: readonly string[];
	onPoint: (index: number | null) => void;
}

function Canvas({ label, starts, lines, describe, onPoint }: CanvasProps) {
	const frame = useRef<HTMLDivElement>(null);
	const dark = useDark();
	const drawn = JSON.stringify([starts, lines.map(({ values }) => values)]);

	// Drawn anew when figures or colours change, not at each render.
	useEffect(() => {
		const element = frame.current;
		if (element === null) return;
		let plot: Plot | null = null;
		let left = false;
		const sized = new ResizeObserver(() => plot?.resize(element.clientWidth));
		import("./plot").then(({ draw }) => {
			if (left) return;
			const color = (name: string) => resolve(element, `chart-${name}`);
			plot = draw(element, {
				starts: starts.map((start) => Date.parse(start) / 1000),
				lines: lines.map(({ id, look, dashed = false, values }) => ({ color: color(id), look, dashed, values })),
				ink: color("ink"),
				grid: color("grid"),
				font: `11px ${getComputedStyle(element).fontFamily}`,
				describe,
				onPoint,
			});
			sized.observe(element);
		});
		return () => {
			left = true;
			sized.disconnect();
			plot?.destroy();
			onPoint(null);
		};
	}, [drawn, dark]);

	return <div ref={frame} class="chart-canvas" role="img" aria-label={label} />;
}

/** The colour that a class gives its text here and now: a canvas knows no tokens. */
function resolve(place: HTMLElement, name: string): string {
	const probe = document.createElement("span");
	probe.className = name;
	place.append(probe);
	const { color } = getComputedStyle(probe);
	probe.remove();
	return color;
}

const DARK = "(prefers-color-scheme: dark)";

/** Whether the dark theme shows: the viewer's choice, else the system's. */
function useDark(): boolean {
	const [systemDark, setSystemDark] = useState(() => matchMedia(DARK).matches);
	useEffect(() => {
		const system = matchMedia(DARK);
		const follow = () => setSystemDark(system.matches);
		system.addEventListener("change", follow);
		return () => system.removeEventListener("change", follow);
	}, []);
	return theme.value === "system" ? systemDark : theme.value === "dark";
}

function Figures({
	title,
	starts,
	lines,
	describe,
	describeStart,
}: Omit<ChartProps, "about" | "empty" | "starts"> & { starts: readonly string[] }) {
	// A stretch in which nothing happened says nothing; the newest first.
	const rows = starts.map((start, index) => ({ start, index })).filter(({ index }) => lines.some(({ values }) => values[index]));
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
		<section class="chart-table" tabIndex={0} aria-label={`${title}, as a table`}>
			<table>
				<thead>
					<tr>
						<th scope="col">From</th>
						{lines.map(({ id, name }) => (
							<th key={id} scope="col">
								{name}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.toReversed().map(({ start, index }) => (
						<tr key={start}>
							<th scope="row">
								<time dateTime={start}>{describeStart(start)}</time>
							</th>
							{lines.map(({ id, values }) => (
								<td key={id}>{wordsOf(values[index], describe)}</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}
