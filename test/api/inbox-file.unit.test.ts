import { expect, test } from "vitest";
import { deliveryFileName, eventFileName, fileHeaders } from "../../worker/api/inbox-file";

test.each([
	["invoice.paid", "application/json; charset=utf-8", "invoice.paid-7.json"],
	["orders/create", "application/json", "orders-create-7.json"],
	[null, "application/vnd.github+json", "event-7.json"],
	["event", "application/soap+xml", "event-7.xml"],
	["event", "image/png", "event-7.png"],
	["event", "text/calendar", "event-7.txt"],
	["event", "application/octet-stream", "event-7.bin"],
	["event", null, "event-7.bin"],
	["event", "no type at all", "event-7.bin"],
	["../../etc/passwd", "text/plain", "etc-passwd-7.txt"],
	['a"; filename="b.exe\r\nX: y', "text/plain", "a-filename-b.exe-X-y-7.txt"],
	["Crème brûlée", "text/plain", "Creme-brulee-7.txt"],
	["注文", "application/json", "event-7.json"],
])("an event named %s of type %s is saved as a file of that name and ending", (name, contentType, expected) => {
	const made = eventFileName({ name, sequence: 7 }, contentType);
	expect(made).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
	expect(made).toBe(expected);
});

test("a delivery that made no event is saved under what became of it and its number", () => {
	expect(deliveryFileName({ id: "del_4kr9r12", status: "rejected" }, "application/json")).toBe("rejected-12.json");
});

test("a file is always an attachment that is neither guessed at nor run", () => {
	expect(fileHeaders("event-7.html", "Text/HTML; charset=utf-8")).toEqual({
		"Content-Type": "text/html",
		"Content-Disposition": 'attachment; filename="event-7.html"',
		"Content-Security-Policy": "sandbox; default-src 'none'",
		"X-Content-Type-Options": "nosniff",
	});
	expect(fileHeaders("event-7.bin", "text/html\r\nX-Evil: 1")["Content-Type"]).toBe("application/octet-stream");
});
