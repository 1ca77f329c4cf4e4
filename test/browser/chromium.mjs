import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export const MISSING = "The browser tests need Chromium on the PATH; run as root on Debian they install its package themselves.";

/** @returns {string | null} path of the Chromium on the PATH */
export function findChromium() {
	for (const folder of (process.env.PATH ?? "").split(delimiter)) {
		for (const name of NAMES) {
			const path = join(folder, name);
			try {
				accessSync(path, constants.X_OK);
				return path;
			} catch {
				// Not here.
			}
		}
	}
	return null;
}

/** Installs the distribution's package where that is possible. @returns {boolean} whether there is a Chromium now */
export function ensureChromium() {
	if (findChromium() !== null) return true;
	if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return false;
	console.log("Installing Debian's chromium for the browser tests …");
	const options = { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
	spawnSync("apt-get", ["update", "-q"], options);
	spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], options);
	return findChromium() !== null;
}
