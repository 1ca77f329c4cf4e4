import type { ComponentChildren, JSX } from "preact";

/**
 * Icons, 16 px unless told, drawn with the text's colour. They are decoration: hidden from assistive technology, so the
 * control that holds one carries the name.
 */
export type Icon = (props: { size?: number }) => JSX.Element;

function icon(shapes: ComponentChildren): Icon {
	return ({ size = 16 }) => (
		<svg
			width={size}
			height={size}
			viewBox="0 0 16 16"
			fill="none"
			stroke="currentColor"
			stroke-width="1.5"
			stroke-linecap="round"
			stroke-linejoin="round"
			aria-hidden="true"
		>
			{shapes}
		</svg>
	);
}

export const AddIcon = icon(<path d="M8 3v10M3 8h10" />);
export const AlertIcon = icon(<path d="M8 2.2 14.4 13.4H1.6zM8 6.6v3M8 11.6v.1" />);
export const AutomationsIcon = icon(<path d="M9 1.8 3.6 9H8l-1 5.2L12.4 7H8z" />);
export const BackIcon = icon(<path d="M9.5 3.5 5 8l4.5 4.5" />);
export const CheckIcon = icon(<path d="m3 8.5 3.2 3.2L13 4.8" />);
export const ChevronIcon = icon(<path d="m6 3.5 4.5 4.5L6 12.5" />);
export const ClockIcon = icon(
	<>
		<circle cx="8" cy="8" r="6" />
		<path d="M8 4.7V8l2.2 1.6" />
	</>,
);
export const CloseIcon = icon(<path d="m4 4 8 8M12 4l-8 8" />);
export const ConnectionIcon = icon(<path d="M6 3v3M10 3v3M4.5 6h7v2.2a3.5 3.5 0 0 1-7 0zM8 11.7V14" />);
export const CopyIcon = icon(
	<>
		<rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
		<path d="M10.5 3.2a1 1 0 0 0-1-.7h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 .7 1" />
	</>,
);
export const DashboardIcon = icon(<path d="M2.5 13.5v-4h3v4zM6.5 13.5v-11h3v11zM10.5 13.5V6h3v7.5z" />);
export const DeleteIcon = icon(<path d="M2.8 4.3h10.4M6.3 4V2.6h3.4V4M4 4.5l.6 8.9h6.8l.6-8.9M6.7 7v4M9.3 7v4" />);
export const DotIcon = icon(<circle cx="8" cy="8" r="3.2" fill="currentColor" stroke="none" />);
export const DownloadIcon = icon(<path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.8 13.2h10.4" />);
export const DownIcon = icon(<path d="M3.5 6 8 10.5 12.5 6" />);
export const DragIcon = icon(<path d="M6 3.5v.1M6 8v.1M6 12.5v.1M10 3.5v.1M10 8v.1M10 12.5v.1" stroke-width="2" />);
export const EditIcon = icon(<path d="m10.6 2.9 2.5 2.5-7.8 7.8-3.1.6.6-3.1zM9 4.5 11.5 7" />);
export const FailedIcon = icon(
	<>
		<circle cx="8" cy="8" r="6" />
		<path d="m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4" />
	</>,
);
export const FilterIcon = icon(<path d="M2.5 3h11L9.3 8.2v4.6L6.7 11V8.2z" />);
export const InfoIcon = icon(
	<>
		<circle cx="8" cy="8" r="6" />
		<path d="M8 7.5v3.3M8 5.2v.1" />
	</>,
);
export const KeyIcon = icon(
	<>
		<circle cx="5" cy="11" r="2.6" />
		<path d="m7 9.2 6-6M10.6 5.4l2 2" />
	</>,
);
export const LibraryIcon = icon(<path d="M3 2.8v10.4M6.3 2.8v10.4M9.3 3.1l3.5 9.9" />);
export const LinkOutIcon = icon(<path d="M9 2.8h4.2V7M13 3 7.4 8.6M11.8 9.6v2.6a1 1 0 0 1-1 1H3.8a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h2.6" />);
export const LogsIcon = icon(<path d="M2.5 4h11M2.5 8h11M2.5 12h7" />);
export const MapIcon = icon(<path d="M2.5 4.5h3c3 0 2 7 5 7h3M11.5 9.5l2 2-2 2M2.5 11.5h2" />);
export const MenuIcon = icon(<path d="M2.5 4h11M2.5 8h11M2.5 12h11" />);
export const MoreIcon = icon(<path d="M3.5 8v.1M8 8v.1M12.5 8v.1" stroke-width="2" />);
export const PauseIcon = icon(<path d="M5.5 3.5v9M10.5 3.5v9" />);
export const PeopleIcon = icon(
	<>
		<circle cx="6" cy="5.5" r="2.5" />
		<path d="M1.8 13.2c.3-2.3 2-3.7 4.2-3.7s3.9 1.4 4.2 3.7M10.5 3.3a2.4 2.4 0 0 1 0 4.4M12 9.9c1.3.6 2.1 1.7 2.3 3.3" />
	</>,
);
export const PlayIcon = icon(<path d="M4.8 3v10l8-5z" />);
export const QueuedIcon = icon(<circle cx="8" cy="8" r="6" stroke-dasharray="2.2 2.5" />);
export const RetryIcon = icon(<path d="M13.2 8a5.2 5.2 0 1 1-1.6-3.8l1.6 1.5M13.2 2.6v3.1h-3.1" />);
export const RunningIcon = icon(
	<>
		<circle cx="8" cy="8" r="6" opacity=".3" />
		<path d="M8 2a6 6 0 0 1 6 6" />
	</>,
);
export const SearchIcon = icon(
	<>
		<circle cx="7" cy="7" r="4.3" />
		<path d="m10.3 10.3 3.2 3.2" />
	</>,
);
export const SettingsIcon = icon(
	<>
		<path d="M2.5 4.7h6.4M12.6 4.7h.9M2.5 11.3h1M7.2 11.3h6.3" />
		<circle cx="10.7" cy="4.7" r="1.8" />
		<circle cx="5.3" cy="11.3" r="1.8" />
	</>,
);
export const SkippedIcon = icon(
	<>
		<circle cx="8" cy="8" r="6" />
		<path d="M5.3 8h5.4" />
	</>,
);
export const SucceededIcon = icon(
	<>
		<circle cx="8" cy="8" r="6" />
		<path d="m5.4 8.2 1.8 1.8 3.5-3.7" />
	</>,
);
export const UndoIcon = icon(<path d="M5.5 3 2.5 6l3 3M2.8 6h6.4a4 4 0 0 1 0 8H6.5" />);
export const UpIcon = icon(<path d="M3.5 10 8 5.5l4.5 4.5" />);
export const WebhookIcon = icon(
	<path d="M1.8 3.7h2.5C7 3.7 7 6 9.6 6h4.6M1.8 12.3h2.5c2.7 0 2.7-2.3 5.3-2.3h4.6M1.8 8h5.6M5.7 6.2 7.5 8 5.7 9.8" />,
);
export const WorkflowIcon = icon(
	<>
		<rect x="5.8" y="1.8" width="4.4" height="3.6" rx="1" />
		<rect x="1.8" y="10.6" width="4.4" height="3.6" rx="1" />
		<rect x="9.8" y="10.6" width="4.4" height="3.6" rx="1" />
		<path d="M8 5.6V8M4 10.4V9a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1v1.4" />
	</>,
);

/** The mark: what comes in from the open flows through a narrow channel. */
export function Mark({ size = 24 }: { size?: number }) {
	return (
		<svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
			<rect width="24" height="24" rx="6" fill="#1f5eff" />
			<g fill="none" stroke="#fff" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">
				<path d="M4.5 5.5h3.2c4 0 4 3.6 8 3.6h3.8M4.5 18.5h3.2c4 0 4-3.6 8-3.6h3.8" opacity=".72" />
				<path d="M4.5 12h8M9.8 9.3 12.6 12l-2.8 2.7" />
			</g>
		</svg>
	);
}
