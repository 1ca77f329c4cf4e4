import { expect, test } from "vitest";
import { maskRequestHeaders, maskUrl } from "../../worker/executions/mask";

test.each([
	["https://x.example/a?token=abc", "https://x.example/a?token=••••"],
	["https://x.example/a?access_token=abc&page=2", "https://x.example/a?access_token=••••&page=2"],
	["https://x.example/a?apiKey=abc", "https://x.example/a?apiKey=••••"],
	["https://x.example/a?api-key=abc", "https://x.example/a?api-key=••••"],
	["https://x.example/a?client%5Fsecret=abc", "https://x.example/a?client%5Fsecret=••••"],
	["https://x.example/a?X-Amz-Signature=abc#top", "https://x.example/a?X-Amz-Signature=••••#top"],
	["https://x.example/a?sig=abc&se=1", "https://x.example/a?sig=••••&se=1"],
	["https://x.example/a?consumer_secret=a&consumer_key=b", "https://x.example/a?consumer_secret=••••&consumer_key=••••"],
	["https://x.example/a?%E0%A4%A=1", "https://x.example/a?%E0%A4%A=1"],
	["https://x.example/a?keyword=abc&monkey=1&design=2", "https://x.example/a?keyword=abc&monkey=1&design=2"],
	["https://x.example/token/abc", "https://x.example/token/abc"],
])("%s", (url, expected) => {
	expect(maskUrl(url)).toBe(expected);
});

test("credentials among a step's headers are masked, and all that a connection added", () => {
	const own: [string, string][] = [
		["Content-Type", "application/json"],
		["Authorization", "Bearer abc"],
		["X-Api-Key", "abc"],
	];
	expect(maskRequestHeaders(own, [["X-Shop", "s3cret"]])).toEqual([
		["Content-Type", "application/json"],
		["Authorization", "Bearer ••••"],
		["X-Api-Key", "••••"],
		["X-Shop", "••••"],
	]);
	expect(maskRequestHeaders([], [["Authorization", "Basic abc"]])).toEqual([["Authorization", "Basic ••••"]]);
});
