import { useEffect, useState } from "preact/hooks";
import { CheckIcon, CopyIcon } from "../../../components/icons";
import { toast } from "../../../components/toast";

interface CopySmallProps {
	text: string | (() => string);
	/** Accessible name, shown as a tooltip. */
	label: string;
	/** Whether Tab reaches it: in a tree only on the current row. */
	tabbable: boolean;
	/** The word on the button. */
	kind: "path" | "value";
}

/** A small button within a row that copies something of it. */
export function CopySmall({ text, label, tabbable, kind }: CopySmallProps) {
	const [copied, setCopied] = useState(false);
	useEffect(() => {
		if (!copied) return;
		const timer = setTimeout(() => setCopied(false), 1500);
		return () => clearTimeout(timer);
	}, [copied]);
	const copy = async (): Promise<void> => {
		try {
			await navigator.clipboard.writeText(typeof text === "function" ? text() : text);
			setCopied(true);
		} catch {
			toast("This browser did not allow copying. Select the text and copy it by hand.", { kind: "bad" });
		}
	};
	return (
		<button
			type="button"
			class="payload-copy"
			aria-label={copied ? "Copied" : label}
			title={label}
			tabIndex={tabbable ? 0 : -1}
			onClick={copy}
		>
			{copied ? <CheckIcon size={12} /> : <CopyIcon size={12} />}
			<span>{kind}</span>
		</button>
	);
}
