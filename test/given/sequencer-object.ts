import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { vi } from "vitest";
import type { AcceptAnswer, Arrival } from "../../worker/events/protocol/delivery";
import type { ExecutionStatus } from "../../worker/events/protocol/statuses";
import type { ExecutionDetail } from "../../worker/events/protocol/views";
import type { Sequencer } from "../../worker/events/sequencer";
import { executionId } from "../../worker/ids";
import { makeEndpointKey } from "../../worker/integrations/endpoint-key";
import { type Remote, sequencerOf } from "../../worker/integrations/objects";
import type { SequencerSettings } from "../../worker/integrations/settings";
import { workflowSchema } from "../../worker/integrations/workflow";
import { eventually } from "./eventually";
import { givenArrival, givenSettings } from "./settings";

/** A story passes through many objects: on a busy machine that takes its time. */
vi.setConfig({ testTimeout: 30_000 });

type Given = Partial<SequencerSettings> & {
	/** Steps of the first version's workflow, as a person writes them. */
	steps?: unknown[];
};

/** One Sequencer in the runtime with settings applied, spoken to as senders, endpoints and the API do. */
export class GivenSequencer {
	private constructor(public settings: SequencerSettings) {}

	static async with({ steps = [], ...given }: Given = {}): Promise<GivenSequencer> {
		const current = { version: 1, workflow: workflowSchema.parse({ steps }), vars: {} };
		const sequencer = new GivenSequencer(givenSettings({ current, ...given }));
		await sequencer.remote.apply(sequencer.settings);
		return sequencer;
	}

	/** One that is there already: made through the API. */
	static of(settings: SequencerSettings): GivenSequencer {
		return new GivenSequencer(settings);
	}

	/** Its methods, over a new stub each time: one that saw its object break stays broken. */
	get remote(): Remote<Sequencer> {
		return sequencerOf(env, this.settings.integrationId, this.settings.region);
	}

	/** The object's stub, for what the test runtime does with objects. */
	get stub(): DurableObjectStub<Sequencer> {
		return env.SEQUENCER.getByName(this.settings.integrationId) as unknown as DurableObjectStub<Sequencer>;
	}

	get url(): string {
		const { integrationId } = this.settings;
		return `http://localhost/in/${makeEndpointKey(env.ENDPOINT_KEYS, { integrationId, region: "auto", generation: 1 })}`;
	}

	/** As a crash of its machine does, without a word: the object is gone, its rows are there. */
	async kill(): Promise<void> {
		await runInDurableObject(this.stub, (_, state) => state.abort("killed by the test")).catch(() => {});
	}

	/** Saves as the API does: one revision more. */
	async save(changed: Partial<SequencerSettings>): Promise<void> {
		this.settings = { ...this.settings, ...changed, revision: this.settings.revision + 1 };
		await this.remote.apply(this.settings);
	}

	/** A sender's webhook, to the public URL. */
	post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
		const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
		return exports.default.fetch(this.url, init);
	}

	/** As the Worker hands it over, past the public URL. */
	async accept(body: unknown = {}, given: Partial<Arrival> = {}): Promise<Extract<AcceptAnswer, { status: "accepted" }>> {
		const answer = await this.remote.accept(1, this.settings.revision, givenArrival({ text: JSON.stringify(body), ...given }));
		if (answer.status !== "accepted") throw new Error(`not accepted: ${JSON.stringify(answer)}`);
		return answer;
	}

	async execution(sequence: number, number = 1): Promise<ExecutionDetail> {
		const id = executionId(this.settings.integrationId, sequence, number);
		const execution = await this.remote.getExecution(this.settings.workspaceId, id);
		if (execution === null) throw new Error(`no execution ${sequence}.${number}`);
		return execution;
	}

	/** The execution once it has this status. */
	async reached(status: ExecutionStatus, sequence: number, number = 1): Promise<ExecutionDetail> {
		return eventually(async () => {
			const execution = await this.execution(sequence, number);
			if (execution.status !== status)
				throw new Error(`execution ${sequence}.${number} is ${execution.status}: ${execution.error?.message}`);
			return execution;
		});
	}

	/** All that its database holds, as text in which any value would be found. */
	stored(): Promise<string> {
		return runInDurableObject(this.stub, (_, { storage }) => {
			const texts: string[] = [];
			const tables = storage.sql
				.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
				.toArray();
			for (const { name } of tables) {
				let rows: Record<string, SqlStorageValue>[] = [];
				try {
					rows = storage.sql.exec(`SELECT * FROM "${name}"`).toArray();
				} catch {
					continue; // the face of a table without content; what it keeps stands in others
				}
				for (const value of rows.flatMap((row) => Object.values(row)))
					texts.push(value instanceof ArrayBuffer ? new TextDecoder().decode(value) : String(value));
			}
			return texts.join("\n");
		});
	}

	async ledger() {
		const ledger = await this.remote.ledger(this.settings.workspaceId);
		if (ledger === null) throw new Error("no ledger");
		return ledger;
	}
}
