import { useMemo, useState } from "preact/hooks";
import { Button } from "../../../components/button";
import { CopyButton } from "../../../components/copy-button";
import { decodeBase64, describeSize, readBody } from "./body";
import { PayloadTree } from "./payload-tree";
import "./body-view.css";

interface BodyViewProps {
	/** Accessible name: "Request body". */
	label: string;
	body: string | null;
	base64?: boolean;
	contentType: string | null;
	/** Path of the root, for copied paths. */
	root?: readonly string[];
}

const RAW_SHOWN = 100_000;

/** A body as it travelled: JSON as a tree with a raw view, text as text, anything else as a file to download. */
export function BodyView({ label, body, base64 = false, contentType, root }: BodyViewProps) {
	const [raw, setRaw] = useState(false);
	const [whole, setWhole] = useState(false);
	const read = useMemo(() => readBody(body, base64, contentType), [body, base64, contentType]);
	if (read.kind === "empty") return <p class="faint">No body.</p>;
	if (read.kind === "binary" || body === null)
		return (
			<div class="row">
				<span class="soft">
					{describeSize(read.size)} of {contentType ?? "unknown type"}
				</span>
				<Button small onClick={() => download(body ?? "", contentType)}>
					Download
				</Button>
			</div>
		);
	const shown = whole ? body : body.slice(0, RAW_SHOWN);
	return (
		<div class="body-view">
			<div class="body-view-head">
				<span class="faint small grow clip">
					{contentType ?? "no content type"} · {describeSize(read.size)}
				</span>
				{read.kind === "json" && (
					<Button small kind="quiet" aria-pressed={raw} onClick={() => setRaw(!raw)}>
						Raw
					</Button>
				)}
				<CopyButton text={body} label={`Copy ${label.toLowerCase()}`} compact />
			</div>
			{read.kind === "json" && !raw ? (
				<PayloadTree label={label} value={read.value} {...(root ? { root } : {})} />
			) : (
				<>
					{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
					<section class="body-view-raw" tabIndex={0} aria-label={`${label}, raw`}>
						<pre>{shown}</pre>
					</section>
					{shown.length < body.length && (
						<Button small onClick={() => setWhole(true)}>
							Show all {describeSize(read.size)}
						</Button>
					)}
				</>
			)}
		</div>
	);
}

function download(base64: string, contentType: string | null): void {
	const url = URL.createObjectURL(new Blob([decodeBase64(base64)], { type: contentType ?? "application/octet-stream" }));
	const link = document.createElement("a");
	link.href = url;
	link.download = "body.bin";
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
