import type { HttpStep } from "../integrations/workflow";
import { nameProblem, valueProblem } from "./headers";
import { mayHoldValue, VALUE_IN_HOST } from "./template";
import { splitTemplate } from "./template-scanner";

/** What can be told of an `http` step's URL, headers, retry and statuses from their text alone. */
export function checkHttp(step: HttpStep): { field: string; message: string }[] {
	const problems: { field: string; message: string }[] = [];
	const url = urlProblem(step.url);
	if (url !== null) problems.push({ field: "url", message: url });
	for (const [name, value] of Object.entries(step.headers)) {
		const message = nameProblem(name) ?? (value.includes("{{") ? null : valueProblem(name, value.trim()));
		if (message !== null) problems.push({ field: `headers.${name}`, message });
	}
	if (step.retry.maxMs < step.retry.initialMs) {
		problems.push({ field: "retry.maxMs", message: "The longest wait is shorter than the first one." });
	}
	step.acceptStatus?.forEach((accepted, at) => {
		const [low = 0, high = low] = String(accepted).split("-").map(Number);
		if (low > high) problems.push({ field: `acceptStatus.${at}`, message: `${accepted} is no range: it ends before it begins.` });
	});
	return problems;
}

function urlProblem(template: string): string | null {
	let parts: ReturnType<typeof splitTemplate>;
	try {
		parts = splitTemplate(template.trim());
	} catch {
		return null; // told already, as a template that does not parse
	}
	const [first] = parts;
	if (first?.kind !== "text") return null;
	const start = first.text.toLowerCase();
	if (parts.length > 1 && ["https://", "http://"].some((scheme) => scheme.startsWith(start))) return VALUE_IN_HOST;
	if (!/^https?:\/\//.test(start)) return "A URL begins with https:// or http://.";
	if (parts.length > 1) return mayHoldValue(first.text) ? null : VALUE_IN_HOST;
	const url = URL.parse(first.text);
	if (url === null) return "This is not a URL.";
	return url.username !== "" || url.password !== "" ? "A URL must not carry a user name or password. Use a connection." : null;
}
