/** Lines of wrangler's that tell a person of this project nothing. */
const NOISE = [
	/Scheduled Workers are not automatically triggered/,
	/To manually trigger a scheduled event/,
	/\/cdn-cgi\/local\/scheduled/,
	/test-cron-triggers-locally/,
];

/** Whoever knows a webhook's URL may send to it, and wrangler names the URL of a request that failed. */
const ENDPOINT_KEY = /\/in\/[0-9a-f]{64}/gi;

/**
 * A line of wrangler's as it is shown; null where it is not.
 * @param {string} line
 * @returns {string | null}
 */
export function shownLine(line) {
	if (line.trim() === "" || NOISE.some((pattern) => pattern.test(line))) return null;
	return line.replaceAll(ENDPOINT_KEY, "/in/…");
}
