import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { join } from "./button";
import { BackIcon } from "./icons";
import "./page.css";

let firstPageShown = false;

/** Sets the window's title, and on arrival from another page moves the focus to the heading, as a page load would. */
export function usePageTitle(title: string) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		document.title = title === "" ? "Inlet" : `${title} · Inlet`;
	}, [title]);
	useEffect(() => {
		if (firstPageShown) heading.current?.focus({ preventScroll: true });
		firstPageShown = true;
	}, []);
	return heading;
}

interface PageProps {
	/** The heading, and the window's title. */
	title: string;
	/** In place of the plain heading text, where it needs more than words. */
	heading?: ComponentChildren;
	/** Where the page is left to, above the heading. */
	back?: { href: string; label: string };
	/** A sentence below the heading. */
	about?: ComponentChildren;
	/** At the top right: the page's main acts. */
	actions?: ComponentChildren;
	/** narrow: forms and text, 720 px; full: the whole width. */
	width?: "narrow" | "full";
	/** Keeps the header in sight while the page scrolls (an editor with Save). */
	sticky?: boolean;
	children: ComponentChildren;
}

/** The frame of every page inside the shell: heading, acts, content. */
export function Page({ title, heading, back, about, actions, width, sticky = false, children }: PageProps) {
	const ref = usePageTitle(title);
	return (
		<div class={join("page", width)}>
			<header class={join("page-head", sticky && "sticky")}>
				<div class="grow">
					{back && (
						<a class="page-back" href={back.href}>
							<BackIcon size={14} />
							{back.label}
						</a>
					)}
					<h1 ref={ref} tabIndex={-1}>
						{heading ?? title}
					</h1>
					{about && <p class="soft">{about}</p>}
				</div>
				{actions && <div class="row page-actions">{actions}</div>}
			</header>
			{children}
		</div>
	);
}
