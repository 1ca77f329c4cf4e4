import { useEffect, useRef, useState } from "preact/hooks";
import { Button, IconButton } from "../../components/button";
import { BackIcon, EditIcon, PauseIcon, PlayIcon } from "../../components/icons";
import { StatusBadge } from "../../components/status";
import { toast, toastFailure } from "../../components/toast";
import { calls } from "./calls";
import { useEditor } from "./context";

/** Name, status and Save, always in sight. */
export function Header({ onSave, busy }: { onSave: () => void; busy: boolean }) {
	const { editing } = useEditor();
	const { status } = editing.server.value;
	const changed = editing.changed.value;
	return (
		<header class="editor-head">
			<IconButton icon={BackIcon} label="Back to My Automations" href="/automations" />
			<Name />
			<div class="editor-status">
				<StatusBadge status={status} />
				{!editing.readOnly && <PauseButton />}
			</div>
			<div class="editor-save">
				{editing.readOnly ? (
					<span class="soft small">Read only</span>
				) : (
					<>
						<span class="editor-unsaved" role="status">
							{changed ? "Unsaved changes" : ""}
						</span>
						<Button kind="primary" disabled={!changed} busy={busy} title="Save (Ctrl+S)" onClick={onSave}>
							Save
						</Button>
					</>
				)}
			</div>
		</header>
	);
}

function Name() {
	const { editing } = useEditor();
	const [renaming, setRenaming] = useState(false);
	const input = useRef<HTMLInputElement>(null);
	const opener = useRef<HTMLButtonElement>(null);
	const { name } = editing.draft.value;
	const before = useRef(name);

	useEffect(() => {
		if (!renaming) return;
		before.current = name;
		input.current?.select();
	}, [renaming]);

	const end = (keep: boolean): void => {
		const wanted = keep && name.trim() !== "" ? name.trim() : before.current;
		editing.edit("name", (draft) => ({ ...draft, name: wanted }));
		setRenaming(false);
		setTimeout(() => opener.current?.focus());
	};

	if (renaming)
		return (
			<input
				ref={input}
				class="control editor-rename"
				aria-label="Name of the integration"
				value={name}
				maxLength={120}
				onInput={(event) => {
					const typed = event.currentTarget.value;
					editing.edit("name", (draft) => ({ ...draft, name: typed }));
				}}
				onBlur={() => renaming && end(true)}
				onKeyDown={(event) => {
					if (event.key === "Enter") end(true);
					if (event.key === "Escape") end(false);
				}}
			/>
		);
	return (
		<div class="editor-name">
			<h1 class="clip" title={name}>
				{name || "Unnamed"}
			</h1>
			{!editing.readOnly && <IconButton ref={opener} icon={EditIcon} label="Rename" onClick={() => setRenaming(true)} />}
		</div>
	);
}

function PauseButton() {
	const { editing } = useEditor();
	const [busy, setBusy] = useState(false);
	const paused = editing.server.value.status === "paused";
	const turn = async (): Promise<void> => {
		setBusy(true);
		const answer = await calls.save(editing.id, editing.server.value.version, { status: paused ? "active" : "paused" });
		setBusy(false);
		if (!answer.ok) return toastFailure(answer);
		editing.adopt(answer.value);
		const { startsPerSecond } = answer.value.ordering;
		const pace = startsPerSecond === null ? "" : `, ${startsPerSecond.toLocaleString()} each second`;
		toast(paused ? `Resumed. What was held runs now${pace}.` : "Paused. Events are accepted and held until you resume.");
	};
	return (
		<Button small kind="quiet" icon={paused ? PlayIcon : PauseIcon} busy={busy} onClick={turn}>
			{paused ? "Resume" : "Pause"}
		</Button>
	);
}
