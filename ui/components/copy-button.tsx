import { useEffect, useState } from "preact/hooks";
import { Button, IconButton } from "./button";
import { CheckIcon, CopyIcon } from "./icons";
import { toast } from "./toast";

interface CopyButtonProps {
	/** What goes to the clipboard. */
	text: string;
	/** Names what is copied: "Copy URL". */
	label: string;
	/** An icon alone; the label is then its name. */
	compact?: boolean;
	kind?: "primary" | "plain" | "quiet";
}

/** Copies a text and says so, on the button and to assistive technology. */
export function CopyButton({ text, label, compact = false, kind = "plain" }: CopyButtonProps) {
	const [copied, setCopied] = useState(false);
	useEffect(() => {
		if (!copied) return;
		const timer = setTimeout(() => setCopied(false), 2_000);
		return () => clearTimeout(timer);
	}, [copied]);

	async function copy() {
		if (await copyText(text)) setCopied(true);
		else toast("This browser did not allow copying. Select the text and copy it by hand.", { kind: "bad" });
	}

	return (
		<>
			{compact ? (
				<IconButton icon={copied ? CheckIcon : CopyIcon} label={label} onClick={copy} />
			) : (
				<Button kind={kind} icon={copied ? CheckIcon : CopyIcon} onClick={copy}>
					{label}
				</Button>
			)}
			<span class="unseen" role="status">
				{copied ? "Copied" : ""}
			</span>
		</>
	);
}

/** False where the browser refused. The second way serves plain http on another machine's name, where there is no clipboard API. */
async function copyText(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		const area = document.createElement("textarea");
		area.value = text;
		(document.querySelector("dialog[open]") ?? document.body).append(area);
		area.select();
		const done = document.execCommand("copy");
		area.remove();
		return done;
	}
}
