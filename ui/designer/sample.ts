import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { EventDetail, EventSummary, ExecutionDetail } from "../../worker/api/types";
import { calls } from "../pages/editor/calls";
import type { EditorPage } from "../pages/editor/context";
import { eventOfSample, jsonOfSample, type SenderSample } from "../pages/editor/senders";
import { SAMPLE_BODY } from "../pages/editor/webhook/curl";
import type { Preview } from "./preview";
import type { LoadAnswer } from "./preview-protocol";

/** The event that the designer works with: any received one, or a body typed in where none came yet. */
export interface Sample {
	/** The latest events, newest first; null until they are known. */
	events: ReadonlySignal<EventSummary[] | null>;
	chosenId: ReadonlySignal<string | null>;
	/** Takes this event; until then it is the newest one whose body can be read. */
	choose(id: string): void;
	/** What events of the chosen sender look like, to work with before the first real one. */
	samples: ReadonlySignal<readonly SenderSample[]>;
	/** The one that stands in for an event; null where none does. */
	chosenSample: ReadonlySignal<SenderSample | null>;
	/** @param sample null: a body of one's own */
	chooseSample(sample: SenderSample | null): void;
	detail: ReadonlySignal<EventDetail | null>;
	/** Its latest execution, whose outputs stand in for calls. */
	execution: ReadonlySignal<ExecutionDetail | null>;
	typedBody: Signal<string>;
	/** The event and every step's result over it. */
	loaded: ReadonlySignal<LoadAnswer | null>;
	failure: ReadonlySignal<string | null>;
	/**
	 * Names and values that expressions of the step at `index` may use.
	 * @param assumed also what steps will give whose result is not known yet, as far as its shape is
	 */
	scopeAt(index: number, assumed?: boolean): Record<string, unknown>;
	/** Ids of the steps before `index`. */
	before(index: number): string[];
	close(): void;
}

const EVENTS_SHOWN = 30;
/** Of the newest events so many are tried for one whose body can be read. */
const TRIED_MAX = 10;
/** Milliseconds of quiet before the sample is computed anew. */
const QUIET_MS = 120;
/** What an HTTP request gives, as far as it is known before it was made. */
const CALL_OUTPUT = { status: 200, headers: {}, body: {} };

export function createSample({ editing, live }: EditorPage, preview: Preview): Sample {
	const events = signal<EventSummary[] | null>(null);
	const chosenId = signal<string | null>(null);
	const detail = signal<EventDetail | null>(null);
	const execution = signal<ExecutionDetail | null>(null);
	const samples = signal<readonly SenderSample[]>([]);
	const chosenSample = signal<SenderSample | null>(null);
	const scheme = computed(() => editing.draft.value.webhook.verification.scheme);
	const typedBody = signal(JSON.stringify(SAMPLE_BODY, null, 2));
	const loaded = signal<LoadAnswer | null>(null);
	const failure = signal<string | null>(null);
	let chosenByHand = false;
	const unreadable = new Set<string>();

	/** True where it moved on to another event: this one's body is not what its type says. */
	const passOver = (id: string): boolean => {
		if (chosenByHand || unreadable.has(id)) return false;
		unreadable.add(id);
		const tried = events.value?.slice(0, TRIED_MAX) ?? [];
		const next = tried.find((event) => !unreadable.has(event.id)) ?? tried[0];
		if (next === undefined || next.id === id) return false;
		chosenId.value = next.id;
		return true;
	};

	const loadEvents = async (): Promise<void> => {
		const answer = await calls.events(editing.id, { limit: EVENTS_SHOWN });
		if (!answer.ok) {
			failure.value = answer.message;
			return;
		}
		events.value = answer.value.items;
		if (chosenSample.peek() === null) chosenId.value ??= answer.value.items[0]?.id ?? null;
	};

	const loadExecution = async (executionId: string, eventId: string): Promise<void> => {
		const answer = await calls.execution(editing.id, executionId);
		if (answer.ok && chosenId.value === eventId) execution.value = answer.value;
	};

	const stopLoading = effect(() => {
		const id = chosenId.value;
		if (id === null) return;
		calls.event(editing.id, id).then((answer) => {
			if (chosenId.value !== id) return;
			if (!answer.ok) {
				failure.value = answer.message;
				return;
			}
			failure.value = null;
			detail.value = answer.value;
			execution.value = null;
			loadExecution(answer.value.executionId, id);
		});
	});

	const stopSampling = effect(() => {
		const id = scheme.value;
		if (id === "none") samples.value = [];
		else
			calls.sender(id).then((answer) => {
				if (answer.ok && scheme.peek() === id) samples.value = answer.value.samples;
			});
	});

	const stopListening = live.listen((changes, gap) => {
		if (gap) loadEvents();
		for (const change of changes) {
			if (change.kind === "event" && events.value !== null) {
				const others = events.value.filter((one) => one.id !== change.event.id);
				events.value = [change.event, ...others].sort((a, b) => b.sequence - a.sequence).slice(0, EVENTS_SHOWN);
				if (chosenSample.value === null) chosenId.value ??= change.event.id;
			}
			if (change.kind === "execution" && change.execution.eventId === chosenId.value && change.execution.endedAt !== null) {
				loadExecution(change.execution.id, change.execution.eventId);
			}
		}
	});

	const request = computed(() => ({
		kind: "load" as const,
		event: detail.value ?? (chosenSample.value && eventOfSample(chosenSample.value, scheme.value)),
		body: parsed(typedBody.value),
		workflow: editing.draft.value.workflow,
		vars: editing.draft.value.vars,
		outputs: Object.fromEntries(
			(execution.value?.steps ?? []).flatMap((step) => (step.type === "http" && step.output !== undefined ? [[step.id, step.output]] : [])),
		),
	}));
	let timer: ReturnType<typeof setTimeout> | undefined;
	const stopComputing = effect(() => {
		const wanted = request.value;
		clearTimeout(timer);
		timer = setTimeout(async () => {
			const answer = await preview.load(wanted);
			if (request.peek() !== wanted || answer === null) return;
			if (answer.problem !== null && wanted.event !== null && passOver(wanted.event.id)) return;
			loaded.value = answer;
		}, QUIET_MS);
	});

	loadEvents();

	const before = (index: number): string[] => editing.draft.value.workflow.steps.slice(0, index).map((step) => step.id);
	return {
		events,
		chosenId,
		choose: (id) => {
			chosenByHand = true;
			chosenSample.value = null;
			chosenId.value = id;
		},
		samples,
		chosenSample,
		chooseSample: (sample) => {
			chosenByHand = true;
			batch(() => {
				chosenSample.value = sample;
				chosenId.value = null;
				detail.value = null;
				execution.value = null;
				if (sample !== null) typedBody.value = jsonOfSample(sample);
			});
		},
		detail,
		execution,
		typedBody,
		loaded,
		failure,
		before,
		scopeAt: (index, assumed = true) => {
			const results = loaded.value?.steps ?? {};
			const known = before(index).flatMap((id): [string, unknown][] => {
				const result = results[id];
				if (result?.status === "value") return [[id, result.value]];
				if (!assumed) return [];
				const step = editing.draft.value.workflow.steps.find((one) => one.id === id);
				return [[id, step?.type === "http" ? CALL_OUTPUT : step?.type === "filter" ? true : {}]];
			});
			return { event: loaded.value?.event ?? {}, steps: Object.fromEntries(known), vars: editing.draft.value.vars };
		},
		close: () => {
			clearTimeout(timer);
			stopLoading();
			stopListening();
			stopSampling();
			stopComputing();
		},
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return null;
	}
}
