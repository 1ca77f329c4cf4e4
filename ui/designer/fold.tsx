import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

interface FoldProps {
	summary: ComponentChildren;
	/** Something inside needs attention: opens it, and leaves it open. */
	alert: boolean;
	children: ComponentChildren;
}

/** A part of a form that most people need not see. */
export function Fold({ summary, alert, children }: FoldProps) {
	const [open, setOpen] = useState(alert);
	useEffect(() => {
		if (alert) setOpen(true);
	}, [alert]);
	return (
		<details class="fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>{summary}</summary>
			{children}
		</details>
	);
}
