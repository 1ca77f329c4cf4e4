import { CopyButton } from "./copy-button";
import "./code-block.css";

/** A command or an address to take along, in fixed-width letters, with a button that copies it whole. */
export function CodeBlock({
	text,
	label,
	copyLabel,
}: {
	text: string /** Names the block: "curl command". */;
	label: string;
	copyLabel: string;
}) {
	return (
		<div class="code-block">
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
			<section class="code-text" aria-label={label} tabIndex={0}>
				<pre>
					<code>{text}</code>
				</pre>
			</section>
			<CopyButton text={text} label={copyLabel} compact />
		</div>
	);
}
