import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Button, IconButton } from "./button";
import { TextField } from "./field";
import { CloseIcon } from "./icons";
import "./dialog.css";

interface DialogProps {
	title: string;
	/** Called on Escape, on the close button and on a press outside. Render the dialog only while it is open. */
	onClose: () => void;
	/** Turns the body into a form; the primary button in `actions` then has `type="submit"`. */
	onSubmit?: () => void;
	/** Buttons, the main one last. */
	actions?: ComponentChildren;
	wide?: boolean;
	children: ComponentChildren;
}

/** A modal window: `{open && <Dialog …>}`. The focus goes to `[autofocus]` or the first control, and back where it was. */
export function Dialog({ title, onClose, onSubmit, actions, wide = false, children }: DialogProps) {
	const dialog = useRef<HTMLDialogElement>(null);
	const titleId = useId();
	const pressedOutside = useRef(false);

	useEffect(() => {
		const element = dialog.current;
		const before = document.activeElement;
		element?.showModal();
		const first =
			element?.querySelector<HTMLElement>("[autofocus]") ??
			element?.querySelector<HTMLElement>(".dialog-body :is(input, select, textarea)") ??
			element?.querySelector<HTMLElement>(".dialog-actions button:last-child");
		first?.focus();
		return () => {
			element?.close();
			if (before instanceof HTMLElement && before.isConnected) before.focus();
		};
	}, []);

	const inside = (
		<>
			<header class="dialog-head">
				<h2 id={titleId}>{title}</h2>
				<IconButton icon={CloseIcon} label="Close" onClick={onClose} />
			</header>
			<div class="dialog-body">{children}</div>
			{actions && <footer class="dialog-actions">{actions}</footer>}
		</>
	);

	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a press outside does
		<dialog
			ref={dialog}
			class={wide ? "dialog wide" : "dialog"}
			aria-labelledby={titleId}
			onCancel={(event) => {
				event.preventDefault();
				onClose();
			}}
			onMouseDown={(event) => {
				pressedOutside.current = event.target === dialog.current;
			}}
			onClick={(event) => {
				if (event.target === dialog.current && pressedOutside.current) onClose();
			}}
		>
			{onSubmit ? (
				<form
					noValidate
					onSubmit={(event) => {
						event.preventDefault();
						onSubmit();
					}}
				>
					{inside}
				</form>
			) : (
				<div>{inside}</div>
			)}
		</dialog>
	);
}

interface ConfirmProps {
	title: string;
	children: ComponentChildren;
	/** The verb on the button: "Delete integration". */
	action: string;
	/** When given, the button stays off until this name is typed: for what cannot be undone. */
	name?: string;
	danger?: boolean;
	/** Resolves when done; the dialog stays open and busy meanwhile. A text is an error to show. */
	onConfirm: () => Promise<string | undefined> | undefined;
	onClose: () => void;
}

/** Asks before an act that cannot be undone; with `name`, by name. */
export function ConfirmDialog({ title, children, action, name, danger = true, onConfirm, onClose }: ConfirmProps) {
	const [typed, setTyped] = useState("");
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<string>();
	const ready = name === undefined || typed.trim() === name.trim();

	async function confirm() {
		if (!ready) return;
		setBusy(true);
		const refusal = await onConfirm();
		setBusy(false);
		setError(refusal);
		if (refusal === undefined) onClose();
	}

	return (
		<Dialog
			title={title}
			onClose={onClose}
			onSubmit={confirm}
			actions={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" kind={danger ? "danger" : "primary"} disabled={!ready} busy={busy}>
						{action}
					</Button>
				</>
			}
		>
			<div class="stack">
				<div>{children}</div>
				{name !== undefined && (
					<TextField
						label={`Type “${name}” to confirm`}
						value={typed}
						onValue={setTyped}
						error={error}
						autocomplete="off"
						spellcheck={false}
					/>
				)}
				{name === undefined && error !== undefined && <p class="field-error">{error}</p>}
			</div>
		</Dialog>
	);
}
