import { env } from "cloudflare:workers";
import type { AcceptAnswer, Arrival } from "../../worker/events/protocol";
import type { Sequencer } from "../../worker/events/sequencer";
import { type Remote, sequencerOf } from "../../worker/integrations/objects";
import type { SequencerSettings } from "../../worker/integrations/settings";
import { givenArrival, givenSettings } from "./settings";

/** One Sequencer in the runtime with settings applied, spoken to as endpoints, Executors and the API do. */
export class GivenSequencer {
	readonly remote: Remote<Sequencer>;

	private constructor(public settings: SequencerSettings) {
		this.remote = sequencerOf(env, settings.integrationId, settings.region);
	}

	static async with(given: Partial<SequencerSettings> = {}): Promise<GivenSequencer> {
		const sequencer = new GivenSequencer(givenSettings(given));
		await sequencer.remote.apply(sequencer.settings);
		return sequencer;
	}

	/** The object's stub, for what the test runtime does with objects. */
	get stub(): DurableObjectStub<Sequencer> {
		return env.SEQUENCER.getByName(this.settings.integrationId) as unknown as DurableObjectStub<Sequencer>;
	}

	/** Saves as the API does: one more revision, and a new version where the workflow or vars change. */
	async save(changed: Partial<SequencerSettings>): Promise<void> {
		this.settings = { ...this.settings, ...changed, revision: this.settings.revision + 1 };
		await this.remote.apply(this.settings);
	}

	async accept(body: unknown = {}, given: Partial<Arrival> = {}): Promise<Extract<AcceptAnswer, { status: "accepted" }>> {
		const answer = await this.remote.accept(1, this.settings.revision, givenArrival({ text: JSON.stringify(body), ...given }));
		if (answer.status !== "accepted") throw new Error(`not accepted: ${JSON.stringify(answer)}`);
		return answer;
	}
}
