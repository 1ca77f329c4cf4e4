import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** The drawing of one chart, apart from its words; a file of its own, loaded when the first chart is shown. */

export interface Line {
	/** CSS colour, resolved. */
	color: string;
	/** `area` is filled below; `bars` shows single values among gaps. */
	look: "line" | "area" | "bars";
	dashed?: boolean;
	values: readonly (number | null)[];
}

export interface Drawing {
	/** Start of each stretch, in seconds since the epoch. */
	starts: readonly number[];
	lines: readonly Line[];
	/** CSS colours, resolved. */
	ink: string;
	grid: string;
	font: string;
	/** Words for values of the scale. */
	describe: (value: number) => string;
	/** The stretch below the pointer, or null where it left. */
	onPoint: (index: number | null) => void;
}

export interface Plot {
	resize: (width: number) => void;
	destroy: () => void;
}

const HEIGHT = 200;
const TIMES_HEIGHT = 28;
const AXIS_WIDTH = 58;
/** Room between the labels of the time axis, in px. */
const LABEL_SPACE = 76;

/** Draws into `frame`, as wide as told. Zooming is off: the span is chosen beside the chart. */
export function draw(frame: HTMLElement, { starts, lines, ink, grid, font, describe, onPoint }: Drawing): Plot {
	// Half a stretch at both ends keeps the outer bars whole.
	const margin = lines.some(({ look }) => look === "bars") ? ((starts[1] ?? 0) - (starts[0] ?? 0)) / 2 : 0;
	const axis = { stroke: ink, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
	const plot = new uPlot(
		{
			width: frame.clientWidth,
			height: HEIGHT,
			legend: { show: false },
			padding: [10, 24, 0, 0],
			cursor: { drag: { x: false, y: false }, y: false, points: { size: 7 } },
			scales: {
				x: { range: (_plot, low, high) => [low - margin, high + margin] },
				y: { range: (_plot, _low, high) => [0, Math.max(high * 1.08, 1)] },
			},
			axes: [
				{
					...axis,
					size: TIMES_HEIGHT,
					space: LABEL_SPACE,
					grid: { show: false },
					values: (_plot, splits, _axis, _space, step) => timesOf(splits, step),
				},
				{
					...axis,
					size: AXIS_WIDTH,
					values: (_plot, splits) => splits.map((split) => (split === 0 ? "0" : describe(split))),
					incrs: whole(),
				},
			],
			series: [{}, ...lines.map(seriesOf)],
			hooks: { setCursor: [(self) => onPoint(self.cursor.idx ?? null)] },
		},
		[[...starts], ...lines.map(({ values }) => [...values])],
		frame,
	);
	return { resize: (width) => plot.setSize({ width, height: HEIGHT }), destroy: () => plot.destroy() };
}

function seriesOf({ color, look, dashed }: Line): uPlot.Series {
	const series: uPlot.Series = { stroke: color, width: 1.75, points: { show: false } };
	if (look === "area") series.fill = faint(color, 0.14);
	if (look === "bars") {
		series.fill = faint(color, 0.55);
		const bars = uPlot.paths.bars?.({ size: [0.7, 24] });
		if (bars) series.paths = bars;
	}
	if (dashed) series.dash = [5, 3];
	return series;
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DATE = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** The time of day, and the date where a day begins. @param step seconds from one label to the next */
function timesOf(seconds: number[], step: number): string[] {
	return seconds.map((second) => {
		const at = new Date(second * 1000);
		const midnight = at.getHours() === 0 && at.getMinutes() === 0;
		return (step >= 86_400 || midnight ? DATE : CLOCK).format(at);
	});
}

/** Steps of the scale without fractions: everything here is counted. */
function whole(): number[] {
	const steps: number[] = [];
	for (let power = 1; power <= 1e12; power *= 10) steps.push(power, 2 * power, 5 * power);
	return steps;
}

/** `rgb(r, g, b)` with an opacity. */
const faint = (color: string, opacity: number): string =>
	color.replace(/^rgba?\(([^)/]+?)(,[^,)]*)?\)$/, (_all, inner: string, last = "") => {
		const parts = `${inner}${last}`.split(",").slice(0, 3).join(",");
		return `rgba(${parts}, ${opacity})`;
	});
