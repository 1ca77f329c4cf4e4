import { connect, type Socket } from "node:net";

/** What came back on the socket; `null` where it was closed without an answer. */
export interface WireAnswer {
	status: number;
	headers: Map<string, string>;
	text: string;
}

/** One connection that sends bytes as they are, well formed or not. */
export class Wire {
	readonly port: number;
	#socket: Socket | null = null;
	#received = Buffer.alloc(0);
	#ended = false;
	#wake: () => void = () => {};

	constructor(port: number) {
		this.port = port;
	}

	/**
	 * @param last nothing comes behind it: the sending half is closed, and the connection after the answer
	 * @throws where no answer and no end comes in time
	 */
	async send(bytes: Buffer, { last, head, limitMs }: { last: boolean; head: boolean; limitMs: number }): Promise<WireAnswer | null> {
		const socket = await this.#open();
		socket.write(bytes);
		if (last) socket.end();
		const end = Date.now() + limitMs;
		for (;;) {
			const answer = this.#parse(head);
			if (answer !== null) {
				if (last || answer.headers.get("connection") === "close") this.close();
				return answer;
			}
			if (this.#ended) {
				this.close();
				return null;
			}
			if (Date.now() > end) {
				this.close();
				throw new Error("no answer");
			}
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
				setTimeout(resolve, 250);
			});
		}
	}

	close(): void {
		this.#socket?.destroy();
		this.#socket = null;
	}

	async #open(): Promise<Socket> {
		if (this.#socket !== null && !this.#ended) return this.#socket;
		this.close();
		this.#received = Buffer.alloc(0);
		this.#ended = false;
		const socket = connect({ port: this.port, host: "localhost", allowHalfOpen: true });
		this.#socket = socket;
		const ended = () => {
			if (this.#socket !== socket) return;
			this.#ended = true;
			this.#wake();
		};
		socket.on("data", (data) => {
			if (this.#socket !== socket) return;
			this.#received = Buffer.concat([this.#received, data]);
			this.#wake();
		});
		socket.on("end", ended).on("close", ended).on("error", ended);
		await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
		return socket;
	}

	/** One whole answer off the front of what has come; null where it is not there yet. */
	#parse(head: boolean): WireAnswer | null {
		const end = this.#received.indexOf("\r\n\r\n");
		if (end === -1) return null;
		const [line = "", ...lines] = this.#received.subarray(0, end).toString("latin1").split("\r\n");
		const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(line)?.[1] ?? 0);
		const headers = new Map(lines.map((one) => [one.split(":", 1)[0]?.toLowerCase() ?? "", one.slice(one.indexOf(":") + 1).trim()]));
		const from = end + 4;
		if (status === 100) {
			this.#received = this.#received.subarray(from);
			return this.#parse(head);
		}
		const empty = head || status === 204 || status === 304;
		const read = empty
			? { text: "", to: from }
			: headers.get("transfer-encoding") === "chunked"
				? this.#chunks(from)
				: this.#plain(from, headers.get("content-length"));
		if (read === null) return null;
		this.#received = this.#received.subarray(read.to);
		return { status, headers, text: read.text };
	}

	#plain(from: number, length: string | undefined): { text: string; to: number } | null {
		const to = length === undefined ? (this.#ended ? this.#received.length : Number.POSITIVE_INFINITY) : from + Number(length);
		return this.#received.length < to ? null : { text: this.#received.subarray(from, to).toString(), to };
	}

	#chunks(from: number): { text: string; to: number } | null {
		let text = "";
		for (let at = from; ; ) {
			const line = this.#received.indexOf("\r\n", at);
			if (line === -1) return null;
			const size = Number.parseInt(this.#received.subarray(at, line).toString(), 16);
			const to = line + 2 + size + 2;
			if (this.#received.length < to) return null;
			if (size === 0) return { text, to };
			text += this.#received.subarray(line + 2, line + 2 + size).toString();
			at = to;
		}
	}
}
