import type { DeliverySummary, EventSummary } from "../events/protocol/views";
import { mediaType } from "../integrations/charset";

/** The body of what came in as a file that a browser keeps and never shows. */

const EXTENSIONS: Record<string, string> = {
	"application/json": "json",
	"application/ndjson": "ndjson",
	"application/x-ndjson": "ndjson",
	"application/xml": "xml",
	"text/xml": "xml",
	"text/csv": "csv",
	"text/html": "html",
	"text/plain": "txt",
	"application/pdf": "pdf",
	"application/zip": "zip",
	"application/jwt": "jwt",
	"application/x-www-form-urlencoded": "txt",
	"image/png": "png",
	"image/jpeg": "jpg",
	"image/gif": "gif",
	"image/webp": "webp",
};
const TYPE = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/;
const NAME_MAX = 80;

/** What the sender calls the event, its number, and the ending that its type has. */
export const eventFileName = ({ name, sequence }: Pick<EventSummary, "name" | "sequence">, contentType: string | null): string =>
	fileNameOf(name ?? "event", String(sequence), contentType);

/** What became of the delivery, its number, and the ending that its type has. */
export const deliveryFileName = ({ id, status }: Pick<DeliverySummary, "id" | "status">, contentType: string | null): string =>
	fileNameOf(status, id.slice(id.lastIndexOf("r") + 1), contentType);

function fileNameOf(name: string, number: string, contentType: string | null): string {
	const type = plainType(contentType);
	const ending = EXTENSIONS[type] ?? (/\+(json|xml)$/.exec(type)?.[1] || (type.startsWith("text/") ? "txt" : "bin"));
	const plain = name
		.normalize("NFKD")
		.replace(/\p{M}+/gu, "")
		.replace(/[^A-Za-z0-9._-]+/g, "-")
		.replace(/\.{2,}/g, ".")
		.replace(/^[.-]+|[.-]+$/g, "")
		.slice(0, NAME_MAX);
	return `${plain || "event"}-${number}.${ending}`;
}

/** Headers under which a browser saves the bytes, and neither guesses their type nor runs them. */
export function fileHeaders(fileName: string, contentType: string | null): Record<string, string> {
	return {
		"Content-Type": plainType(contentType) || "application/octet-stream",
		"Content-Disposition": `attachment; filename="${fileName}"`,
		"Content-Security-Policy": "sandbox; default-src 'none'",
		"X-Content-Type-Options": "nosniff",
	};
}

/** In lower case and without parameters; empty where it is none. */
function plainType(contentType: string | null): string {
	const type = mediaType(contentType ?? "");
	return TYPE.test(type) ? type : "";
}
