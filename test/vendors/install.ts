import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const installed = `${folder}node_modules/.package-lock.json`;
const lock = `${folder}package-lock.json`;

/** The vendors' packages, as the lock names them; none of their scripts run. @throws where npm fails */
export function installPackages(): void {
	if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
	const args = ["ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"];
	const { status } = spawnSync("npm", args, { cwd: folder, stdio: "inherit" });
	if (status !== 0) throw new Error("the vendors' packages could not be installed");
}

export function versionOf(name: string): string {
	return (JSON.parse(readFileSync(`${folder}node_modules/${name}/package.json`, "utf8")) as { version: string }).version;
}
