import type { ComponentChildren, JSX } from "preact";
import { join } from "./button";
import { AlertIcon, FailedIcon, type Icon, InfoIcon, SucceededIcon } from "./icons";
import "./surfaces.css";

interface CardProps {
	title?: string;
	/** Level of the title in the page's outline. */
	level?: 2 | 3;
	/** At the right of the title. */
	actions?: ComponentChildren;
	/** A sentence below the title. */
	about?: ComponentChildren;
	/** No inner margin, for tables and lists. */
	flush?: boolean;
	children?: ComponentChildren;
}

/** A framed part of a page. With a title it is a labelled region. */
export function Card({ title, level = 2, actions, about, flush = false, children }: CardProps) {
	const Heading = `h${level}` as const;
	return (
		<section class={join("card", flush && "flush")} aria-label={title}>
			{(title || actions) && (
				<header class="card-head">
					<div class="grow">
						{title && <Heading>{title}</Heading>}
						{about && <p class="soft">{about}</p>}
					</div>
					{actions && <div class="row">{actions}</div>}
				</header>
			)}
			{children !== undefined && <div class="card-body">{children}</div>}
		</section>
	);
}

const CALLOUTS = { info: InfoIcon, good: SucceededIcon, warn: AlertIcon, bad: FailedIcon } as const;

interface CalloutProps {
	/** info: explains; good: confirms; warn: needs care; bad: went wrong. */
	kind?: keyof typeof CALLOUTS;
	title?: string;
	/** Says it to assistive technology at once when it appears; for failures after an act. */
	alert?: boolean;
	actions?: ComponentChildren;
	children?: ComponentChildren;
}

/** A note that stands out. */
export function Callout({ kind = "info", title, alert = false, actions, children }: CalloutProps) {
	const Picture = CALLOUTS[kind];
	return (
		<div class={`callout ${kind}`} role={alert ? "alert" : undefined}>
			<span class="callout-icon">
				<Picture />
			</span>
			<div class="grow">
				{title && <p class="callout-title">{title}</p>}
				{children && <div class="callout-text">{children}</div>}
			</div>
			{actions && <div class="row">{actions}</div>}
		</div>
	);
}

interface EmptyStateProps {
	icon?: Icon;
	title: string;
	children?: ComponentChildren;
	/** What to do next. */
	actions?: ComponentChildren;
	level?: 2 | 3;
}

/** Stands where a list has nothing to show, and tells the next step. */
export function EmptyState({ icon: Picture, title, children, actions, level = 2 }: EmptyStateProps) {
	const Heading = `h${level}` as const;
	return (
		<div class="empty">
			{Picture && (
				<span class="empty-icon">
					<Picture size={20} />
				</span>
			)}
			<Heading>{title}</Heading>
			{children && <div class="empty-text soft">{children}</div>}
			{actions && <div class="row">{actions}</div>}
		</div>
	);
}

interface SkeletonProps {
	/** CSS lengths of the block that it stands for. */
	width?: string;
	height?: string;
	/** Repeats the block. */
	lines?: number;
}

/** A grey stand-in of the same size as what is loading. Put `aria-busy` on the region around it. */
export function Skeleton({ width = "100%", height = "14px", lines = 1 }: SkeletonProps): JSX.Element {
	return (
		<>
			{Array.from({ length: lines }, (_, line) => (
				<span key={line} class="skeleton" style={{ width: lines > 1 && line === lines - 1 ? "60%" : width, height }} aria-hidden="true" />
			))}
		</>
	);
}

/** A short label: a category. */
export function Tag({ children }: { children: ComponentChildren }) {
	return <span class="tag">{children}</span>;
}
