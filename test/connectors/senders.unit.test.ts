import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { HandshakePlace, Sender } from "../../worker/connectors/sender.ts";
import { SENDERS } from "../../worker/connectors/senders/index.ts";
import { PAGES } from "../../worker/connectors/senders/pages.ts";
import { stepsOf } from "../../worker/integrations/ordering-key.ts";
import { vectorFiles } from "./vectors.ts";

const FOLDER = fileURLToPath(new URL("../../worker/connectors/senders/", import.meta.url));
/** What the samples of one sender may weigh. */
const SAMPLES_MAX_LENGTH = 4_000;

const vectors = new Map(vectorFiles().map((file) => [file.sender, file]));

describe("the senders", () => {
	it("are all in the index, sorted by id", () => {
		const files = readdirSync(FOLDER)
			.filter((name) => name !== "index.ts" && name !== "pages.ts")
			.map((name) => name.replace(/\.ts$/, ""));
		const ids = SENDERS.map(({ id }) => id);
		expect(ids.toSorted()).toEqual(files.toSorted());
		expect(ids).toEqual(ids.toSorted());
		expect(ids.length).toBeGreaterThanOrEqual(80);
		expect(Object.keys(PAGES).toSorted()).toEqual(ids);
	});

	it("have names that are told apart", () => {
		expect(new Set(SENDERS.map(({ name }) => name)).size).toBe(SENDERS.length);
	});

	it("are plain values", () => {
		for (const sender of SENDERS) expect(JSON.parse(JSON.stringify(sender))).toEqual(sender);
	});
});

describe.each(SENDERS.map((sender) => [sender.id, sender] as const))("%s", (id, sender: Sender) => {
	it("has an id that can stand in settings", () => {
		expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
	});

	it("has vectors of a named source", () => {
		const file = vectors.get(id);
		expect(file?.source.length).toBeGreaterThan(10);
		expect(file?.vectors.length).toBeGreaterThan(0);
	});

	it("names fields by paths that can be looked up", () => {
		const paths = [
			...(sender.duplicateId ?? []),
			...(sender.eventName ?? []),
			...(sender.eventTime ? [sender.eventTime.path] : []),
			...(sender.orderingKeys ?? []).map(({ path }) => path),
		];
		for (const path of paths) expect([path, stepsOf(path)?.length]).not.toEqual([path, undefined]);
	});

	it("says where to paste the URL and where the secret is", () => {
		const { pasteUrl = [], findSecret = [], finish = [] } = PAGES[sender.id]?.guide ?? {};
		expect(pasteUrl.join(" ")).toContain("{url}");
		expect(findSecret.length).toBeGreaterThan(0);
		for (const sentence of [...pasteUrl, ...findSecret, ...finish]) expect(sentence).toMatch(/^[A-Z“].*[.:”]$/s);
		// What is done with us is said by whoever shows the guide, at its place.
		for (const sentence of [...pasteUrl, ...findSecret, ...finish]) expect(sentence).not.toMatch(/\bhere\b|press Save/i);
	});

	it("has its secret saved before it is asked for an answer that takes it", () => {
		const { secretFirst = false, finish = [] } = PAGES[sender.id]?.guide ?? {};
		const asks = (sender.handshakes ?? []).some(
			({ verified, requires, answer }) =>
				verified || requires !== undefined || answer.kind === "hmac" || (answer.kind === "hash" && answer.parts.length > 0),
		);
		if (asks) expect(secretFirst || finish.length > 0).toBe(true);
	});

	it("asks in its handshakes for options that it has, and with patterns that compile", () => {
		const options = (sender.options ?? []).map((option) => option.id);
		for (const { requires, answer } of sender.handshakes ?? []) {
			if (requires) expect(options).toContain(requires.option);
			if ("pattern" in answer && answer.pattern !== undefined) expect(() => new RegExp(answer.pattern ?? "")).not.toThrow();
			if (answer.kind === "hash") {
				const named = answer.parts.flatMap((part: HandshakePlace | { option: string } | "url") =>
					typeof part === "object" && "option" in part ? [part.option] : [],
				);
				expect(options).toEqual(expect.arrayContaining(named));
			}
		}
	});

	it("has small samples that carry no signature", () => {
		const samples = PAGES[sender.id]?.samples ?? [];
		expect(JSON.stringify(samples).length).toBeLessThan(SAMPLES_MAX_LENGTH);
		for (const sample of samples) {
			expect(Object.keys(sample.headers ?? {}).join()).not.toMatch(/[A-Z]|signature|hmac|authorization|cookie/);
		}
	});
});
