import type { Headers } from "../events/protocol/delivery";
import type { ErrorRecord, HttpRequestRecord, HttpResponseRecord, StepRecord } from "../events/protocol/journal";
import type { Outcome } from "../events/protocol/lease";
import { put } from "../integrations/body/pairs";
import { plainCharacters } from "../integrations/redaction/event";
import { Findings, MASK } from "../integrations/redaction/findings";
import { isValidJson, maskJson } from "../integrations/redaction/json";
import { type Redaction, rulesOf } from "../integrations/redaction/rules";
import { Spellings } from "./spellings";

/**
 * What an execution leaves behind, without what its event's redaction masks: the values that were masked in the event,
 * wherever they stand, and all values of the kinds that are masked. Where it cannot be told what to look for, nothing
 * that may hold it is shown.
 */
export class Concealment {
	readonly #spellings: Spellings;
	readonly #redaction: Redaction;
	/** Nothing is shown. */
	readonly #all: boolean;

	/** @param findings what was masked in the event */
	constructor(redaction: Redaction, findings: Findings) {
		this.#redaction = redaction;
		this.#all = findings.tooMany || findings.bodyDropped;
		this.#spellings = new Spellings(findings.values, findings.short);
	}

	/** The journal as it is kept and shown. */
	steps(steps: readonly StepRecord[]): StepRecord[] {
		return steps.map((step) => {
			const attempts = step.attempts.map((attempt) => ({
				...attempt,
				...(attempt.error && { error: this.error(attempt.error) }),
				...(attempt.request && { request: this.#request(attempt.request) }),
				...(attempt.response && { response: this.#response(attempt.response) }),
				...(attempt.redirects && {
					redirects: attempt.redirects.map(({ status, location }) => ({ status, location: this.#shown(location) })),
				}),
			}));
			return step.output === undefined ? { ...step, attempts } : { ...step, attempts, output: this.value(step.output) };
		});
	}

	outcome(outcome: Outcome): Outcome {
		switch (outcome.status) {
			case "failed":
				return { ...outcome, error: this.error(outcome.error) };
			case "waiting":
				return { ...outcome, reason: this.#message(outcome.reason) };
			default:
				return "reason" in outcome ? { ...outcome, reason: this.error(outcome.reason) } : outcome;
		}
	}

	/** The same value where there is nothing in it to conceal. */
	value(value: unknown): unknown {
		if (this.#all) return value === null ? null : MASK;
		switch (typeof value) {
			case "string":
				return this.#text(value);
			case "number":
				return this.#text(String(value)) === String(value) ? value : MASK;
			case "object":
				return value === null ? null : Array.isArray(value) ? this.#list(value) : this.#object(value as Record<string, unknown>);
			default:
				return value;
		}
	}

	error(error: ErrorRecord): ErrorRecord {
		return { ...error, message: this.#message(error.message) };
	}

	#list(list: unknown[]): unknown[] {
		const shown = list.map((item) => this.value(item));
		return shown.every((item, at) => item === list[at]) ? list : shown;
	}

	#object(object: Record<string, unknown>): Record<string, unknown> {
		const shown: Record<string, unknown> = {};
		let changed = false;
		for (const [name, member] of Object.entries(object)) {
			const [shownName, shownMember] = [this.#spellings.isShort(name) ? name : this.#text(name), this.value(member)];
			changed ||= shownName !== name || shownMember !== member;
			put(shown, shownName, shownMember);
		}
		return changed ? shown : object;
	}

	#request(request: HttpRequestRecord): HttpRequestRecord {
		const origin = /^[a-z]+:\/\/[^/?#@]*(?=[/?#]|$)/i.exec(request.url)?.[0] ?? "";
		const url = this.#all ? `${origin}/${MASK}` : this.#parts(this.#text(request.url));
		return { ...request, url, headers: this.#headers(request.headers), ...this.#body(request) };
	}

	#response(response: HttpResponseRecord): HttpResponseRecord {
		return { ...response, headers: this.#headers(response.headers), ...this.#body(response) };
	}

	#headers(headers: Headers): Headers {
		return headers.map(([name, value]) => [name, this.#shown(value)]);
	}

	/** What is no text cannot be looked through. */
	#body({ body, bodyEncoding }: Pick<HttpRequestRecord, "body" | "bodyEncoding">): { body: string | null; bodyEncoding?: never } {
		if (body === null) return { body };
		if (this.#all || bodyEncoding !== undefined) return { body: MASK };
		const end = body.lastIndexOf("… (");
		if (end !== -1 && CUT.test(body.slice(end)))
			return { body: this.#spellings.maskEnd(this.#text(plainCharacters(body.slice(0, end)))) + body.slice(end) };
		if (!/^\s*[[{"\d-]/.test(body) || !isValidJson(body)) return { body: this.#parts(this.#text(plainCharacters(body))) };
		return { body: maskJson(body, NOWHERE, new Findings(), (plain) => this.#text(plain)) };
	}

	/** A URL or a form with each short value in it masked: a part of its path, or what a name of its pairs has. */
	#parts(text: string): string {
		if (!/^\S{1,8000}$/.test(text)) return text;
		return text.replace(/([/=])([^/?&=#]{1,9})(?=[/?&#]|$)/g, (whole, before: string, part: string) =>
			this.#spellings.isShort(decoded(part)) ? before + MASK : whole,
		);
	}

	/** What is said of a failure may hold pieces of what it failed on. */
	#message(text: string): string {
		if (this.#all) return MASK;
		return new Findings().maskText(this.#spellings.maskMessage(text), this.#redaction.patterns);
	}

	#shown(text: string): string {
		return this.#all ? MASK : this.#text(text);
	}

	#text(text: string): string {
		return new Findings().maskText(this.#spellings.mask(text), this.#redaction.patterns);
	}
}

const NOWHERE = [rulesOf({ fields: [], patterns: [] }).body];
/** How a record says that it was cut: see `call-record`. */
const CUT = /^… \(\d+ more characters were not kept\)$/;

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
