import { afterEach, describe, expect, it, vi } from "vitest";
import { api, call, chooseWorkspace, failureOf, onSignedOut } from "../../ui/api";

function answers(status: number, body: unknown): ReturnType<typeof vi.fn> {
	const answer = async () => {
		const response = new Response(body === undefined ? null : JSON.stringify(body), { status });
		Object.defineProperty(response, "url", { value: "http://inlet.example/api/me" });
		return response;
	};
	const fetched = vi.fn(answer);
	vi.stubGlobal("fetch", fetched);
	return fetched;
}

afterEach(() => {
	vi.unstubAllGlobals();
	onSignedOut(() => {});
	chooseWorkspace(null);
});

describe("a call", () => {
	it("gives the value of a success", async () => {
		answers(200, { open: true, mode: "first" });
		expect(await call(api["sign-up"].$get())).toEqual({ ok: true, value: { open: true, mode: "first" } });
	});

	it("succeeds without a body", async () => {
		answers(204, undefined);
		expect(await call(api.auth["sign-out"].$post())).toEqual({ ok: true, value: null });
	});

	it("gives the worker's own words for a refusal, with what belongs to it", async () => {
		answers(409, { error: { code: "stale_version", message: "Somebody saved version 4.", requestId: "req_1", details: { version: 4 } } });
		expect(await call(api.me.$get())).toEqual({
			ok: false,
			status: 409,
			code: "stale_version",
			message: "Somebody saved version 4.",
			details: { version: 4 },
			requestId: "req_1",
		});
	});

	it("says so where no answer came, instead of throwing", async () => {
		vi.stubGlobal("fetch", async () => {
			throw new TypeError("network");
		});
		expect(await call(api.me.$get())).toMatchObject({ ok: false, status: 0, code: "unreachable" });
	});

	it("names the chosen workspace", async () => {
		const fetched = answers(200, {});
		chooseWorkspace("wsp_1");
		await call(api.me.$get());
		expect(new Headers(fetched.mock.calls[0]?.[1]?.headers).get("Inlet-Workspace")).toBe("wsp_1");
	});

	it("tells the session when nobody is logged in any more", async () => {
		const signedOut = vi.fn();
		onSignedOut(signedOut);
		answers(401, { error: { code: "unauthenticated", message: "Log in.", requestId: "req_1" } });
		await call(api.me.$get());
		expect(signedOut).toHaveBeenCalledOnce();
	});
});

describe("an answer that is no JSON", () => {
	it("still reads as a refusal with its status", () => {
		expect(failureOf(502, null)).toMatchObject({ status: 502, code: "unexpected", message: "Inlet answered 502 without a reason." });
	});
});
