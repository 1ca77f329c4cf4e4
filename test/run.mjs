/** `npm test`: pure parts, the worker, the product under kills, and in a real browser; ends with `N passed, N failed`. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium, MISSING } from "./browser/chromium.mjs";
import { root } from "./bundle.mjs";

const folder = mkdtempSync(join(tmpdir(), "inlet-test-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const total = await vitest("test/vitest.config.ts");
add(await vitest("test/crash/vitest.config.ts"));
if (ensureChromium()) {
	add(await vitest("test/browser/vitest.config.ts"));
} else {
	console.error(`\n${MISSING}`);
	add({ passed: 0, failed: 1 });
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

function add({ passed, failed }) {
	total.passed += passed;
	total.failed += failed;
}

async function vitest(config) {
	const report = join(folder, `${config.replaceAll("/", "-")}.json`);
	const cli = join(root, "node_modules/vitest/vitest.mjs");
	const args = [cli, "run", "--config", config, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
	const code = await new Promise((done) => {
		const environment = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: "1", CI: "1" };
		spawn(process.execPath, args, { cwd: root, env: environment, stdio: ["ignore", "inherit", "inherit"] }).once("close", done);
	});
	const result = read(report);
	// A file that could not be loaded has no tests; an error outside of tests is in no file.
	const failed =
		result.numFailedTests + result.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
	return { passed: result.numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1) };
}

function read(report) {
	try {
		return JSON.parse(readFileSync(report, "utf8"));
	} catch {
		return { numPassedTests: 0, numFailedTests: 1, testResults: [] };
	}
}
