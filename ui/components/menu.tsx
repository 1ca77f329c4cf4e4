import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Icon } from "./icons";
import "./menu.css";

export interface MenuItem {
	label: string;
	icon?: Icon;
	/** Leads there. */
	href?: string;
	onSelect?: () => void;
	/** Marks the one in force; the item is then a menuitemradio. */
	checked?: boolean;
	danger?: boolean;
	disabled?: boolean;
	/** A line above this item; with text, the heading of the group that begins here. */
	group?: string | true;
}

interface MenuProps {
	/** The button's accessible name, where its content does not say it. */
	label?: string;
	/** What the button shows. */
	children: ComponentChildren;
	items: readonly MenuItem[];
	/** Classes of the button: "button plain", "icon-button" … */
	class?: string;
	align?: "start" | "end";
}

/** A button that opens a list of acts. Arrow keys, Home, End and first letters move; Escape and a press elsewhere close. */
export function Menu({ label, children, items, class: classes = "button plain", align = "start" }: MenuProps) {
	const [open, setOpen] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	const list = useRef<HTMLDivElement>(null);
	const id = useId();

	useEffect(() => {
		const element = list.current;
		const anchor = button.current;
		if (!open || !element || !anchor) return;
		element.showPopover();
		place(element, anchor, align);
		choices(element)[0]?.focus();
		const shut = () => setOpen(false);
		addEventListener("resize", shut);
		return () => removeEventListener("resize", shut);
	}, [open, align]);

	function close() {
		list.current?.hidePopover();
		button.current?.focus();
	}

	function move(event: KeyboardEvent) {
		const element = list.current;
		if (!element) return;
		const all = choices(element);
		const at = all.indexOf(document.activeElement as HTMLElement);
		const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
		if (to !== undefined) {
			event.preventDefault();
			all[to % all.length]?.focus();
		} else if (event.key === "Tab") close();
		else if (event.key === " " && document.activeElement instanceof HTMLAnchorElement) {
			event.preventDefault();
			document.activeElement.click();
		} else if (event.key.length === 1) {
			const letter = event.key.toLowerCase();
			[...all.slice(at + 1), ...all].find((choice) => choice.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
		}
	}

	return (
		<>
			<button
				type="button"
				ref={button}
				class={classes}
				aria-label={label}
				title={label}
				aria-haspopup="menu"
				aria-expanded={open}
				aria-controls={open ? id : undefined}
				onClick={() => setOpen(!open)}
				onKeyDown={(event) => {
					if (event.key === "ArrowDown") {
						event.preventDefault();
						setOpen(true);
					}
				}}
			>
				{children}
			</button>
			{open && (
				<div
					ref={list}
					id={id}
					class="menu"
					role="menu"
					tabIndex={-1}
					aria-label={label ?? "Choices"}
					popover="auto"
					onKeyDown={move}
					onToggle={(event) => {
						if (event.newState === "closed") setOpen(false);
					}}
				>
					{items.map((item, index) => (
						<Item key={`${index}${item.label}`} item={item} onDone={close} />
					))}
				</div>
			)}
		</>
	);
}

function Item({ item, onDone }: { item: MenuItem; onDone: () => void }) {
	const common = {
		role: item.checked === undefined ? ("menuitem" as const) : ("menuitemradio" as const),
		"aria-checked": item.checked,
		tabIndex: -1,
		class: item.danger ? "menu-item danger" : "menu-item",
	};
	const Picture = item.icon;
	const content = (
		<>
			<span class="menu-icon">{Picture && <Picture />}</span>
			<span class="clip">{item.label}</span>
			{item.checked && <span class="menu-check">✓</span>}
		</>
	);
	return (
		<>
			{item.group !== undefined && (
				<div class="menu-group" role="presentation">
					{item.group === true ? "" : item.group}
				</div>
			)}
			{item.href !== undefined ? (
				<a {...common} href={item.href} onClick={onDone}>
					{content}
				</a>
			) : (
				<button
					{...common}
					type="button"
					aria-disabled={item.disabled || undefined}
					onClick={() => {
						if (item.disabled) return;
						onDone();
						item.onSelect?.();
					}}
				>
					{content}
				</button>
			)}
		</>
	);
}

const choices = (element: HTMLElement): HTMLElement[] => [...element.querySelectorAll<HTMLElement>("[role^=menuitem]")];

function place(element: HTMLElement, anchor: HTMLElement, align: "start" | "end") {
	const gap = 4;
	const around = anchor.getBoundingClientRect();
	const size = element.getBoundingClientRect();
	const left = align === "start" ? around.left : around.right - size.width;
	const below = around.bottom + gap;
	const top = below + size.height > innerHeight - gap && around.top > size.height ? around.top - gap - size.height : below;
	element.style.left = `${Math.max(gap, Math.min(left, innerWidth - size.width - gap))}px`;
	element.style.top = `${Math.max(gap, top)}px`;
}
