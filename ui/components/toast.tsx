import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button, IconButton } from "./button";
import { CheckIcon, CloseIcon, FailedIcon, UndoIcon } from "./icons";
import "./toast.css";

interface Toast {
	id: number;
	text: string;
	kind: "good" | "bad";
	undo?: () => void;
}

const SHOWN_MS = 6_000;
const UNDO_SHOWN_MS = 12_000;

const toasts = signal<Toast[]>([]);
let lastId = 0;

/**
 * Says what was done, at the bottom of the screen and to assistive technology. With `undo` it carries an Undo button;
 * call that function's opposite at once and let `undo` take it back.
 */
export function toast(text: string, options: { undo?: () => void; kind?: "good" | "bad" } = {}): void {
	const { undo, kind = "good" } = options;
	lastId += 1;
	const added: Toast = { id: lastId, text, kind };
	if (undo) added.undo = undo;
	toasts.value = [...toasts.value.slice(-2), added];
}

/** Shows a failed call as a toast. */
export const toastFailure = (failure: { message: string }): void => toast(failure.message, { kind: "bad" });

function dismiss(id: number) {
	toasts.value = toasts.value.filter((shown) => shown.id !== id);
}

/** The place where toasts appear; once, in the shell. */
export function Toasts() {
	return (
		<section class="toasts" aria-label="Notifications" aria-live="polite">
			{toasts.value.map((shown) => (
				<ToastCard key={shown.id} shown={shown} />
			))}
		</section>
	);
}

function ToastCard({ shown }: { shown: Toast }) {
	const held = useRef(false);
	const { id, undo } = shown;

	// Stays while the pointer or the focus is on it: nobody should have to race a timer.
	useEffect(() => {
		let timer = setTimeout(
			function end() {
				if (held.current) timer = setTimeout(end, 1_000);
				else dismiss(id);
			},
			undo ? UNDO_SHOWN_MS : SHOWN_MS,
		);
		return () => clearTimeout(timer);
	}, [id, undo]);

	const hold = (on: boolean) => () => {
		held.current = on;
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: pointer and focus only hold the timer
		<div class={`toast ${shown.kind}`} onMouseEnter={hold(true)} onMouseLeave={hold(false)} onFocusIn={hold(true)} onFocusOut={hold(false)}>
			<span class="toast-icon">{shown.kind === "good" ? <CheckIcon /> : <FailedIcon />}</span>
			<p>{shown.text}</p>
			{undo && (
				<Button
					small
					icon={UndoIcon}
					onClick={() => {
						dismiss(id);
						undo();
					}}
				>
					Undo
				</Button>
			)}
			<IconButton icon={CloseIcon} label="Dismiss" onClick={() => dismiss(id)} />
		</div>
	);
}
