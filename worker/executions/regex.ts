import { type Allowance, ITEMS_PER_STEP, make, spend } from "./allowance";
import { ExpressionError } from "./expression-error";
import { parseRegex, type RegexNode } from "./regex-parser";

/**
 * Regular expressions for JSONata that match in time linear in the text (Thompson's construction, run as a Pike machine:
 * https://swtch.com/~rsc/regexp/regexp2.html), because the engine of the runtime backtracks and nothing can stop it.
 * Syntax and results are JavaScript's, except that look-around and back-references are refused.
 */

/** Instructions of one compiled expression; repeats like `{1000}` are written out. */
const PROGRAM_MAX = 4_000;
/** Machine steps that cost as much as one step of the interpreter, and how many are taken before they are paid. */
const MACHINE_STEPS_PER_STEP = 16;
const PAID_AT_ONCE = 4_096;
/** What a match takes with its text's slices. */
const MATCH_BYTES = 160;
const GROUP_BYTES = 40;

/** What searching is paid from, by the evaluation that it is part of. */
export interface RegexBudget {
	spend(steps: number): void;
	make(bytes: number): void;
}

type Instruction =
	| { op: "char"; test: (code: number) => boolean }
	| Split
	| { op: "jump"; to: number }
	| { op: "save"; slot: number }
	/** Forgets the groups inside a repeated part, as JavaScript does at each round. */
	| { op: "forget"; from: number; to: number }
	| { op: "assert"; holds: (text: string, at: number) => boolean }
	| { op: "match" };

/** Goes on at both places; `first` is preferred. */
interface Split {
	op: "split";
	first: number;
	second: number;
}

interface Program {
	instructions: Instruction[];
	groups: number;
}

const programs = new WeakMap<RegExp, Program>();

/** The part of RegExp that JSONata uses. Throws ExpressionError where the pattern cannot be matched in linear time. */
export class LinearRegExp {
	lastIndex = 0;
	readonly #program: Program;
	readonly #budget: RegexBudget;

	/** @param budget of the evaluation; without one the expression has a budget of its own */
	constructor(pattern: RegExp, budget: RegexBudget = unlent()) {
		let program = programs.get(pattern);
		if (program === undefined) {
			program = compile(pattern);
			programs.set(pattern, program);
		}
		this.#program = program;
		this.#budget = budget;
	}

	/** The first match at or after `lastIndex`, with its groups; `lastIndex` moves behind it. */
	exec(text: string): RegExpExecArray | null {
		const saved = search(this.#program, text, this.lastIndex, this.#budget);
		if (saved === null) {
			this.lastIndex = 0;
			return null;
		}
		const groups: (string | undefined)[] = [];
		for (let slot = 0; slot < saved.length; slot += 2) {
			const from = saved[slot] ?? -1;
			const to = saved[slot + 1] ?? -1;
			groups.push(from < 0 || to < 0 ? undefined : text.slice(from, to));
		}
		this.#budget.make(MATCH_BYTES + groups.length * GROUP_BYTES);
		this.lastIndex = saved[1] ?? 0;
		return Object.assign(groups, { index: saved[0] ?? 0, input: text }) as unknown as RegExpExecArray;
	}
}

function unlent(): RegexBudget {
	const allowance: Allowance = {};
	return { spend: (steps) => spend(allowance, steps), make: (bytes) => make(allowance, bytes) };
}

function compile(pattern: RegExp): Program {
	const { root, groups } = parseRegex(pattern);
	const writer = new Writer();
	writer.write({ kind: "group", index: 0, inner: root });
	writer.emit({ op: "match" });
	return { instructions: writer.instructions, groups };
}

class Writer {
	readonly instructions: Instruction[] = [];

	emit<I extends Instruction>(instruction: I): I {
		if (this.instructions.length >= PROGRAM_MAX)
			throw new ExpressionError("expression_refused", "The regular expression is too large.", null);
		this.instructions.push(instruction);
		return instruction;
	}

	write(node: RegexNode): void {
		switch (node.kind) {
			case "char":
				this.emit({ op: "char", test: node.test });
				break;
			case "assert":
				this.emit({ op: "assert", holds: node.holds });
				break;
			case "sequence":
				for (const part of node.parts) this.write(part);
				break;
			case "group":
				this.emit({ op: "save", slot: node.index * 2 });
				this.write(node.inner);
				this.emit({ op: "save", slot: node.index * 2 + 1 });
				break;
			case "choice":
				this.#choice(node.options);
				break;
			case "repeat":
				this.#repeat(node);
		}
	}

	#choice([option, ...others]: RegexNode[]): void {
		if (option === undefined) return;
		if (others.length === 0) {
			this.write(option);
			return;
		}
		const split = this.#split();
		split.first = this.instructions.length;
		this.write(option);
		const end = this.emit({ op: "jump", to: 0 });
		split.second = this.instructions.length;
		this.#choice(others);
		end.to = this.instructions.length;
	}

	#repeat(node: Extract<RegexNode, { kind: "repeat" }>): void {
		const inner = (): void => {
			if (node.groupsTo > node.groupsFrom) this.emit({ op: "forget", from: node.groupsFrom * 2, to: node.groupsTo * 2 });
			this.write(node.inner);
		};
		for (let count = 0; count < node.min; count++) inner();
		const start = this.instructions.length;
		const splits: Split[] = [];
		const optional = (): void => {
			splits.push(this.#split());
			inner();
		};
		if (node.max === Number.POSITIVE_INFINITY) {
			optional();
			this.emit({ op: "jump", to: start });
		} else {
			for (let count = node.min; count < node.max; count++) optional();
		}
		for (const split of splits) {
			const inside = this.instructions.indexOf(split) + 1;
			split.first = node.lazy ? this.instructions.length : inside;
			split.second = node.lazy ? inside : this.instructions.length;
		}
	}

	#split(): Split {
		return this.emit({ op: "split", first: 0, second: 0 });
	}
}

/** One way through the program that is still alive, and what it has saved of its groups. */
interface Thread {
	at: number;
	saved: number[];
}

function search(program: Program, text: string, from: number, budget: RegexBudget): number[] | null {
	const { instructions } = program;
	const nothing = new Array<number>((program.groups + 1) * 2).fill(-1);
	const seen = new Int32Array(instructions.length).fill(-1);
	// Saving a group copies all of them, so that each machine step costs more where there are many.
	const stepCost = (1 + program.groups / 8) / MACHINE_STEPS_PER_STEP;
	budget.spend(1 + (instructions.length + program.groups) / ITEMS_PER_STEP);
	let unpaid = 0;
	let threads: Thread[] = [];
	let found: number[] | null = null;

	/** Follows what needs no character, in order of preference; a place that a preferred thread has reached is left out. */
	const add = (list: Thread[], start: number, savedAtStart: number[], position: number): void => {
		const waiting: Thread[] = [{ at: start, saved: savedAtStart }];
		for (let thread = waiting.pop(); thread !== undefined; thread = waiting.pop()) {
			if (seen[thread.at] === position) continue;
			seen[thread.at] = position;
			if (++unpaid >= PAID_AT_ONCE) {
				budget.spend(unpaid * stepCost);
				unpaid = 0;
			}
			const instruction = instructions[thread.at];
			switch (instruction?.op) {
				case "jump":
					waiting.push({ at: instruction.to, saved: thread.saved });
					break;
				case "split":
					waiting.push({ at: instruction.second, saved: thread.saved }, { at: instruction.first, saved: thread.saved });
					break;
				case "save":
					waiting.push({ at: thread.at + 1, saved: thread.saved.with(instruction.slot, position) });
					break;
				case "forget":
					waiting.push({
						at: thread.at + 1,
						saved: thread.saved.map((value, slot) => (slot >= instruction.from && slot < instruction.to ? -1 : value)),
					});
					break;
				case "assert":
					if (instruction.holds(text, position)) waiting.push({ at: thread.at + 1, saved: thread.saved });
					break;
				default:
					list.push(thread);
			}
		}
	};

	for (let position = from; position <= text.length; position++) {
		if (found === null) add(threads, 0, nothing, position);
		if (threads.length === 0 && found !== null) break;
		const code = position < text.length ? text.charCodeAt(position) : -1;
		const next: Thread[] = [];
		for (const thread of threads) {
			const instruction = instructions[thread.at];
			if (instruction?.op === "match") {
				found = thread.saved;
				break;
			}
			if (instruction?.op === "char" && code >= 0 && instruction.test(code)) add(next, thread.at + 1, thread.saved, position + 1);
		}
		threads = next;
	}
	budget.spend(unpaid * stepCost);
	return found;
}
