import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { IconButton } from "../components/button";
import { CloseIcon, Mark, MenuIcon } from "../components/icons";
import { MainMenu } from "./main-menu";
import { WorkspaceSwitcher } from "./workspace-switcher";
import "./shell.css";

const NARROW = "(max-width: 859px)";

/** The frame around every page of a logged-in person: main menu at the left, on narrow screens behind a button. */
export function Shell({ children }: { children: ComponentChildren }) {
	const { path } = useLocation();
	const [open, setOpen] = useState(false);
	const narrow = useMedia(NARROW);
	const side = useRef<HTMLElement>(null);
	const opener = useRef<HTMLButtonElement>(null);
	const returning = useRef(false);
	const shown = !narrow || open;

	useEffect(() => setOpen(false), [path]);

	const close = () => {
		returning.current = true;
		setOpen(false);
	};

	// Only once the bar is no longer inert can its button take the focus back.
	useEffect(() => {
		if (open || !returning.current) return;
		returning.current = false;
		opener.current?.focus();
	}, [open]);

	useEffect(() => {
		if (!narrow || !open) return;
		side.current?.querySelector<HTMLElement>("button, a")?.focus();
		const onKey = (event: KeyboardEvent) => {
			// The first Escape belongs to an open menu.
			if (event.key === "Escape" && document.querySelector(":popover-open") === null) close();
		};
		addEventListener("keydown", onKey);
		return () => removeEventListener("keydown", onKey);
	}, [narrow, open]);

	return (
		<div class="shell">
			<a class="skip" href="#main">
				Skip to content
			</a>
			{narrow && (
				<header class="topbar" inert={open}>
					<IconButton ref={opener} icon={MenuIcon} label="Open menu" aria-expanded={open} onClick={() => setOpen(true)} />
					<a href="/" class="topbar-mark">
						<Mark size={22} />
						<span>Inlet</span>
					</a>
				</header>
			)}
			{narrow && open && (
				// biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Escape and the close button do the same
				<div class="side-shade" onClick={close} />
			)}
			<aside ref={side} class="side" data-open={open} inert={!shown}>
				<div class="side-head">
					<WorkspaceSwitcher />
					{narrow && <IconButton icon={CloseIcon} label="Close menu" onClick={close} />}
				</div>
				<MainMenu />
			</aside>
			<main id="main" class="main" tabIndex={-1} inert={narrow && open}>
				{children}
			</main>
		</div>
	);
}

function useMedia(query: string): boolean {
	const [matches, setMatches] = useState(() => matchMedia(query).matches);
	useEffect(() => {
		const list = matchMedia(query);
		const update = () => setMatches(list.matches);
		list.addEventListener("change", update);
		return () => list.removeEventListener("change", update);
	}, [query]);
	return matches;
}
