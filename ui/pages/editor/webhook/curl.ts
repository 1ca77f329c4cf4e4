/** A ready command that sends a sample body to the URL. */

export const SAMPLE_BODY = { sku: "CHAIR-OAK", quantity: 12, warehouse: "MAIN" };

/** @param method the first one that the endpoint takes */
export function curlCommand(url: string, method: string): string {
	if (method === "GET") return `curl '${url}?sku=CHAIR-OAK&quantity=12'`;
	const lines = [
		`curl${method === "POST" ? "" : ` -X ${method}`} '${url}'`,
		"  -H 'Content-Type: application/json'",
		`  -d '${JSON.stringify(SAMPLE_BODY)}'`,
	];
	return lines.join(" \\\n");
}
