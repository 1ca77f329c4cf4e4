import { useEffect, useId, useMemo, useState } from "preact/hooks";
import type { DeliveryDetail, EventDetail, Headers } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { CopyButton } from "../../../components/copy-button";
import { Skeleton } from "../../../components/surfaces";
import { Tabs, tabId } from "../../../components/tabs";
import { JsonField } from "../../../designer/json-field";
import { decodeBase64, describeSize, shownQuery } from "../components/body";
import { PayloadTree } from "../components/payload-tree";
import { hexOf } from "./hex";
import { grouped, type Parsed, parseBody } from "./parsed";

type Part = "parsed" | "raw" | "headers" | "query";

interface EntryPartsProps {
	stored: EventDetail | DeliveryDetail;
	contentType: string | null;
	isEvent: boolean;
}

/** A stored request by its parts: the body taken apart and as it came, headers, query. */
export function EntryParts({ stored, contentType, isEvent }: EntryPartsProps) {
	const [part, setPart] = useState<Part>("parsed");
	const panelId = useId();
	const parameters = useMemo(() => [...new URLSearchParams(stored.query)], [stored.query]);
	const count = (size: number, meaning: string) => (size === 0 ? {} : { note: { text: String(size), meaning } });
	return (
		<section class="inbox-parts" aria-label="The request">
			<Tabs<Part>
				label="Parts of the request"
				panelId={panelId}
				selected={part}
				onSelect={setPart}
				tabs={[
					{ id: "parsed", label: "Parsed" },
					{ id: "raw", label: "Raw" },
					{ id: "headers", label: "Headers", ...count(stored.headers.length, "headers") },
					{ id: "query", label: "Query", ...count(parameters.length, "parameters") },
				]}
			/>
			<div role="tabpanel" id={panelId} aria-labelledby={tabId(panelId, part)} class="inbox-part">
				{part === "parsed" && <ParsedBody stored={stored} contentType={contentType} root={isEvent ? ["event", "body"] : []} />}
				{part === "raw" && <RawBody stored={stored} />}
				{part === "headers" && <Pairs pairs={stored.headers} label="Headers" nothing="It carried no headers." />}
				{part === "query" && <QueryPart query={stored.query} parameters={parameters} />}
			</div>
		</section>
	);
}

/** How JSON is shown; kept for the next that is opened. */
let lastView: "tree" | "text" = "tree";

function ParsedBody({ stored, contentType, root }: { stored: EventDetail | DeliveryDetail; contentType: string | null; root: string[] }) {
	const { body, bodyEncoding } = stored;
	const [parsed, setParsed] = useState<Parsed | null>(null);
	const [view, setView] = useState(lastView);
	useEffect(() => {
		let wanted = true;
		parseBody(body, bodyEncoding === "base64", contentType).then((value) => {
			if (wanted) setParsed(value);
		});
		return () => {
			wanted = false;
		};
	}, [body, bodyEncoding, contentType]);
	if (parsed === null) return <Skeleton height="96px" />;
	switch (parsed.kind) {
		case "empty":
			return <p class="faint">{absenceOf(stored)}</p>;
		case "binary":
			return (
				<p class="soft">
					{describeSize(parsed.bytes.length)} of {contentType ?? "an unknown type"}, which is no text. Raw shows its bytes.
				</p>
			);
		case "text":
			return <RawBody stored={stored} />;
		case "value":
			return (
				<>
					<p class="inbox-part-head">
						<span class="faint small grow clip">
							{parsed.of} · {describeSize(stored.size)}
						</span>
						<Button
							small
							kind="quiet"
							onClick={() => {
								lastView = view === "tree" ? "text" : "tree";
								setView(lastView);
							}}
						>
							{view === "tree" ? "As text" : "As tree"}
						</Button>
						<CopyButton text={JSON.stringify(parsed.value, null, 2)} label="Copy as JSON" compact />
					</p>
					{view === "tree" ? (
						<div class="tree-frame">
							<PayloadTree label="Body" value={parsed.value} root={root} />
						</div>
					) : (
						<JsonField label="Body as JSON" unlabelled readOnly value={JSON.stringify(parsed.value, null, 2)} onValue={() => {}} />
					)}
				</>
			);
	}
}

function absenceOf({ status, size }: EventDetail | DeliveryDetail): string {
	if (size === 0) return "No body.";
	if (status === "handshake") return "The body of a handshake is not kept: it may hold a secret.";
	return status === "duplicate" ? "Its body is the same as that of the event that it repeats, where that is kept." : "No body is kept.";
}

/** Characters of a text, and bytes of what is none, that are shown at first. */
const TEXT_SHOWN = 100_000;
const BYTES_SHOWN = 4_096;

function RawBody({ stored }: { stored: EventDetail | DeliveryDetail }) {
	const { body, bodyEncoding, size } = stored;
	const [whole, setWhole] = useState(false);
	const isText = bodyEncoding === "utf8";
	const bytes = useMemo(() => (isText ? null : decodeBase64(body)), [body, isText]);
	const kept = useMemo(
		() => ("missing" in stored && stored.missing === "cut" ? (bytes ?? new TextEncoder().encode(body)).length : size),
		[stored, bytes, body, size],
	);
	if (body === "") return <p class="faint">{size === 0 ? "No body." : "No body is kept."}</p>;
	const shown = bytes === null ? (whole ? body : body.slice(0, TEXT_SHOWN)) : hexOf(bytes, whole ? 1_000_000 : BYTES_SHOWN);
	const isCut = !whole && (bytes === null ? body.length > TEXT_SHOWN : bytes.length > BYTES_SHOWN);
	return (
		<>
			<p class="inbox-part-head">
				<span class="faint small grow clip">
					{isText ? "Exactly as it came" : "Bytes, sixteen a line"} · {kept < size && `its first ${describeSize(kept)} of `}
					{describeSize(size)}
				</span>
				{isText && <CopyButton text={body} label="Copy raw body" compact />}
			</p>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
			<section class={isText ? "inbox-raw" : "inbox-raw inbox-hex"} tabIndex={0} aria-label="Raw body">
				<pre>{shown}</pre>
			</section>
			{isCut && (
				<Button small onClick={() => setWhole(true)}>
					Show all {describeSize(kept)}
				</Button>
			)}
		</>
	);
}

function QueryPart({ query, parameters }: { query: string; parameters: [string, string][] }) {
	if (query === "" || query === "?") return <p class="faint">The URL was called without a query.</p>;
	return (
		<>
			<p class="inbox-part-head">
				<code class="grow inbox-query">{shownQuery(query)}</code>
				<CopyButton text={JSON.stringify(grouped(parameters), null, 2)} label="Copy query as JSON" compact />
			</p>
			<Pairs pairs={parameters} label="Query" nothing="It names no parameters." />
		</>
	);
}

function Pairs({ pairs, label, nothing }: { pairs: Headers; label: string; nothing: string }) {
	if (pairs.length === 0) return <p class="faint">{nothing}</p>;
	return (
		<table class="inbox-pairs">
			<caption class="unseen">{label}</caption>
			<tbody>
				{pairs.map(([name, value], i) => (
					<tr key={`${i}${name}`}>
						<th scope="row">{name}</th>
						<td>{value}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
