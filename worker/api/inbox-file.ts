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

/**
 * The name of the file: what the sender calls the event, its number, and the ending that its type has.
 * @param facts `number` of the event or delivery in its integration
 */
export function fileNameOf({ name, number, contentType }: { name: string; number: string; contentType: string | null }): string {
	const type = mediaType(contentType);
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
		"Content-Type": mediaType(contentType) || "application/octet-stream",
		"Content-Disposition": `attachment; filename="${fileName}"`,
		"Content-Security-Policy": "sandbox; default-src 'none'",
		"X-Content-Type-Options": "nosniff",
	};
}

/** In lower case and without parameters; empty where it is none. */
function mediaType(contentType: string | null): string {
	const type = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
	return TYPE.test(type) ? type : "";
}
