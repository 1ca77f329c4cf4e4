import { describeError } from "../../errors";
import { maskHeaders } from "../../events/mask";
import type { Headers } from "../../events/protocol/delivery";
import type { AttemptRecord, ErrorRecord, StepRecord } from "../../events/protocol/journal";
import { headersOf } from "../../integrations/body/pairs";
import { parseBody } from "../../integrations/body/parse";
import { readableOrBase64 } from "../../integrations/body/readable";
import type { HttpStep } from "../../integrations/workflow";
import { nameProblem, valueProblem } from "../headers";
import { idempotencyKey } from "../idempotency";
import { maskUrl } from "../mask";
import type { OutboundRequest, OutboundResult } from "../outbound";
import { isRetryableStatus, nextDelay, readRetryAfter } from "../retry";
import { compileTemplate, compileText, type Filling, fieldFillings } from "../template";
import { bounded, failure } from "./attempt";
import { recordedBody, requestRecord, roomFor } from "./call-record";
import { encodeRequestBody } from "./request-body";
import { concealRequest, concealResult, secretsOf } from "./secrets";
import type { FieldFilling, Run, RunStep, StepResult } from "./step";

/** Tries that a crash or an eviction may cut short before the step fails: it cannot be told whether they arrived. */
const INTERRUPTIONS_MAX = 20;

interface HttpFillings {
	url: Filling;
	headers: { name: string; value: Filling }[];
	body: Filling | null;
}

/** Calls another system. Its output is `{status, headers, body}`. */
export function compileHttp(step: HttpStep): RunStep {
	const fillings: HttpFillings = {
		url: compileText(step.url, "url", "url"),
		headers: Object.entries(step.headers).map(([name, value]) => ({ name, value: compileText(value, `headers.${name}`, "plain") })),
		body: step.body === undefined ? null : compileTemplate(step.body, "body"),
	};
	return (run, record) => callOnce(step, fillings, run, record);
}

export function fillingsOfHttp(step: HttpStep): FieldFilling[] {
	return [...fieldFillings(step.url, "url"), ...fieldFillings(step.headers, "headers"), ...fieldFillings(step.body ?? null, "body")];
}

async function callOnce(step: HttpStep, fillings: HttpFillings, run: Run, record: StepRecord): Promise<StepResult> {
	closeInterrupted(record);
	const attempt: AttemptRecord = { number: record.attempts.length + 1, startedAt: run.door.now(), durationMs: 0, status: "running" };
	record.attempts.push(attempt);
	if (interruptions(record) > INTERRUPTIONS_MAX) {
		const error = { code: "interrupted", message: `The runtime stopped during ${INTERRUPTIONS_MAX} calls of this step.` };
		return ended(step, run, record, attempt, { error, retryable: false });
	}
	const request = await prepare(step, fillings, run, record);
	if ("error" in request) return ended(step, run, record, attempt, request);
	const secrets = secretsOf(request.credentials);
	attempt.request = requestRecord(concealRequest(request, secrets), roomFor(run));
	record.status = "running";
	const held = await run.door.checkpoint(run.journal);
	if (held !== "ok") {
		record.attempts.pop(); // it never left
		return { status: held };
	}
	const result = await run.door.send(request);
	const { signal } = run.door;
	if (!result.ok && signal.aborted) {
		if (signal.reason !== "cancelled") return { status: "lost" };
		finish(run, attempt, { code: "cancelled", message: "The execution was cancelled during this call." });
		return { status: "cancelled" };
	}
	return judge(step, run, record, attempt, concealResult(result, secrets));
}

/** A try without an end was cut short by a crash: it stays in the record, and does not count as one of the tries. */
function closeInterrupted(record: StepRecord): void {
	for (const attempt of record.attempts) {
		if (attempt.status !== "running") continue;
		attempt.status = "failed";
		attempt.error = { code: "interrupted", message: "The runtime stopped during this call; whether it arrived is not known." };
	}
}

function interruptions(record: StepRecord): number {
	return record.attempts.filter((attempt) => attempt.error?.code === "interrupted").length;
}

/** A try that came to nothing. */
interface Failed {
	error: ErrorRecord;
	retryable: boolean;
	retryAfterMs?: number | null;
}

async function prepare(step: HttpStep, fillings: HttpFillings, run: Run, record: StepRecord): Promise<OutboundRequest | Failed> {
	const { scope, claimed } = run;
	try {
		const url = String(await fillings.url.fill(scope)).trim();
		const headers: Headers = [];
		for (const { name, value } of fillings.headers) {
			const text = String(await value.fill(scope)).trim();
			const problem = nameProblem(name) ?? valueProblem(name, text);
			if (problem !== null) return { error: { code: "header_invalid", message: problem, field: `headers.${name}` }, retryable: false };
			headers.push([name, text]);
		}
		const carriesBody = fillings.body !== null && step.method !== "GET" && step.method !== "HEAD";
		const body = encodeRequestBody(carriesBody ? await fillings.body?.fill(scope) : undefined, headers);
		addDefault(headers, "Idempotency-Key", idempotencyKey(claimed.event.id, record.path, claimed.edition));
		addDefault(headers, "User-Agent", "Inlet");
		const lent = await authorize(step, run, url);
		if ("error" in lent) return lent;
		const { credentials } = lent;
		const own = headers.filter(([name]) => !credentials.some(([other]) => other.toLowerCase() === name.toLowerCase()));
		return { method: step.method, url, headers: own, credentials, body, timeoutMs: step.timeoutMs, hops: claimed.event.hops };
	} catch (error) {
		return { error: failure(error).error, retryable: false };
	}
}

async function authorize(step: HttpStep, { door }: Run, url: string): Promise<{ credentials: Headers } | Failed> {
	if (step.connectionId === null) return { credentials: [] };
	try {
		const answer = await door.authorize(step.connectionId, url);
		if ("error" in answer) return { error: { ...answer.error, field: "connectionId" }, retryable: false };
		return { credentials: answer.headers };
	} catch (error) {
		const message = `The connection did not answer: ${describeError(error, 200)}`;
		return { error: { code: "connection_unavailable", message, field: "connectionId" }, retryable: true };
	}
}

function addDefault(headers: Headers, name: string, value: string): void {
	if (!headers.some(([known]) => known.toLowerCase() === name.toLowerCase())) headers.push([name, value]);
}

function judge(step: HttpStep, run: Run, record: StepRecord, attempt: AttemptRecord, result: OutboundResult): StepResult {
	if (result.redirects.length > 0)
		attempt.redirects = result.redirects.map(({ status, location }) => ({ status, location: maskUrl(location) }));
	if (!result.ok) return ended(step, run, record, attempt, result);
	const { status } = result;
	const headers = maskHeaders(result.headers);
	attempt.response = { status, headers, ...recordedBody(result.body, roomFor(run)) };
	if (!isAccepted(step, status)) {
		const error = { code: "http_status", message: `The system answered with status ${status}.` };
		const retryAfterMs = readRetryAfter(headerOf(result.headers, "retry-after"), run.door.now());
		return ended(step, run, record, attempt, { error, retryable: isRetryableStatus(status), retryAfterMs });
	}
	const answer = bounded(run, {
		status: "succeeded",
		output: { status, headers: headersOf(headers), body: readAnswer(result.body, result.headers) },
	});
	finish(run, attempt, answer.status === "failed" ? answer.error : null);
	return answer;
}

/** Closes a try that came to nothing, and waits for the next one where there is any. */
function ended(
	step: HttpStep,
	run: Run,
	record: StepRecord,
	attempt: AttemptRecord,
	{ error, retryable, retryAfterMs }: Failed,
): StepResult {
	finish(run, attempt, error);
	if (!retryable) return { status: "failed", error };
	const tries = record.attempts.length - interruptions(record);
	const delayMs = nextDelay(step.retry, tries, retryAfterMs ?? null, run.door.random());
	if (delayMs !== null) return { status: "waiting", delayMs, reason: error.message };
	return {
		status: "failed",
		error: tries > 1 ? { ...error, message: `${error.message} This was try ${tries} of ${step.retry.attempts}.` } : error,
	};
}

function finish(run: Run, attempt: AttemptRecord, error: ErrorRecord | null): void {
	attempt.durationMs = Math.max(0, run.door.now() - attempt.startedAt);
	attempt.status = error === null ? "succeeded" : "failed";
	if (error !== null) attempt.error = error;
}

function isAccepted(step: HttpStep, status: number): boolean {
	if (step.acceptStatus === undefined) return status >= 200 && status <= 299;
	return step.acceptStatus.some((accepted) => {
		if (typeof accepted === "number") return accepted === status;
		const [low = 0, high = 0] = accepted.split("-").map(Number);
		return status >= low && status <= high;
	});
}

function headerOf(headers: Headers, wanted: string): string | null {
	return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;
}

/** A response's body as its declared type says; text (or base64) where it is not what it says. */
function readAnswer(body: Uint8Array, headers: Headers): unknown {
	const parsed = parseBody(body, headerOf(headers, "content-type") ?? "");
	return parsed.ok ? parsed.value : readableOrBase64(body);
}
