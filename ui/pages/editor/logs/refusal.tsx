import type { ComponentChildren } from "preact";
import type { DeliveryDetail, ExplanationView } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { Callout, Skeleton } from "../../../components/surfaces";
import { useResource } from "../../../resource";
import { calls } from "../calls";
import { tabPath, useEditor } from "../context";
import { causeWords, durationWords } from "./causes";

/** Whether the cause of a rejection has to be looked for. */
export const isAboutSignature = (reason: string | null): boolean =>
	reason !== null && (reason.startsWith("signature") || reason.startsWith("timestamp"));

/** Why a signature did not pass: the likeliest cause, what to do about it, and what it was seen by. */
export function Refusal({ delivery, actions }: { delivery: DeliveryDetail; actions: ComponentChildren }) {
	const { editing } = useEditor();
	const { value, failure, reload } = useResource(`explanation ${delivery.id}`, () => calls.explanation(editing.id, delivery.id));
	if (value === undefined && failure === undefined)
		return (
			<div aria-busy="true">
				<Skeleton height="104px" />
			</div>
		);
	if (value === undefined)
		return (
			<Callout kind="bad" title={`Rejected, answered ${delivery.httpStatus}`} actions={actions}>
				Its signature did not pass; why could not be found out. {failure?.message}{" "}
				<Button small onClick={reload}>
					Try again
				</Button>
			</Callout>
		);
	const { title, advice } = causeWords(value);
	return (
		<>
			<Callout kind={value.cause === "accepted_now" ? "info" : "bad"} title={title} actions={actions}>
				{advice} <a href={tabPath(editing.id, "webhook")}>Open the Webhook tab</a>
			</Callout>
			<Evidence of={value} delivery={delivery} />
		</>
	);
}

function Evidence({ of: { cause, evidence, sender, whole, complete }, delivery }: { of: ExplanationView; delivery: DeliveryDetail }) {
	const { httpStatus, missing } = delivery;
	const { looked, length, secrets, url, differenceSeconds, toleranceSeconds, headers } = evidence;
	return (
		<section class="evidence" aria-label="What was seen">
			<h3>What was seen</h3>
			<dl class="facts">
				<Fact name="Answered">{httpStatus}</Fact>
				{sender !== null && <Fact name="Sender set here">{sender.name}</Fact>}
				{looked !== null && looked !== "" && (
					<Fact name={sender?.carriesSecret ? "Secret looked for in" : "Signature looked for in"}>
						{looked}
						{length !== null && `, ${length} characters`}
					</Fact>
				)}
				{sender !== null && <Fact name="Secrets set">{secrets}</Fact>}
				{url !== null && <Fact name="Checked for the URL">{url}</Fact>}
				{cause === "clock" && differenceSeconds !== null && (
					<Fact name="Clocks differ by">
						{durationWords(Math.abs(differenceSeconds))}
						{toleranceSeconds !== null && `, ${durationWords(toleranceSeconds)} allowed`}
					</Fact>
				)}
			</dl>
			<p class="field-help">
				Headers that came, with their lengths:{" "}
				{headers.length === 0 ? "none" : headers.map(({ name, length: long }) => `${name} (${long})`).join(", ")}.
			</p>
			{!whole && (
				<p class="field-help">
					{missing === "cut" ? "It was not kept whole" : "Values of it were masked before it was kept"}, so nothing could be tried: the
					cause is as it was found then.
				</p>
			)}
			{whole && !complete && <p class="field-help">The body is large: not everything was tried.</p>}
		</section>
	);
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd class="facts-long">{children}</dd>
		</div>
	);
}
