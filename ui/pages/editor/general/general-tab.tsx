import { TextArea, TextField } from "../../../components/field";
import { Card } from "../../../components/surfaces";
import { TokensField } from "../components/tokens-field";
import { useEditor } from "../context";
import { OrderCard } from "../webhook/order-card";
import { useSampleEvent } from "../webhook/use-sample-event";
import "../webhook/webhook.css";
import { KeepingCard } from "./keeping-card";
import { MaskingCard } from "./masking-card";
import { TroubleCard } from "./trouble-card";
import { VarsCard } from "./vars-card";
import { VersionsCard } from "./versions-card";

/** What the integration is called, its variables and its past. */
export function GeneralTab() {
	const { editing } = useEditor();
	const draft = editing.draft.value;
	const errors = editing.fieldErrors.value;
	return (
		<div class="editor-columns">
			<div class="stack">
				<Card title="About">
					<div class="stack">
						<TextField
							label="Name"
							value={draft.name}
							maxLength={120}
							required
							disabled={editing.readOnly}
							error={draft.name.trim() === "" ? "Give it a name." : errors.get("name")}
							onValue={(name) => editing.edit("name", (before) => ({ ...before, name }))}
						/>
						<TextArea
							label="Description"
							optional
							value={draft.description}
							rows={3}
							maxLength={2000}
							disabled={editing.readOnly}
							error={errors.get("description")}
							placeholder="What it does, and for whom"
							onValue={(description) => editing.edit("description", (before) => ({ ...before, description }))}
						/>
						<TokensField
							label="Categories"
							help="Words to find it by in My Automations."
							value={draft.categories}
							disabled={editing.readOnly}
							error={errors.get("categories")}
							onValue={(categories) => editing.edit("categories", (before) => ({ ...before, categories }))}
						/>
					</div>
				</Card>
				{!editing.server.value.webhook.supported && <Order />}
				<TroubleCard />
				<KeepingCard />
				<MaskingCard />
				<VarsCard />
			</div>
			<VersionsCard />
		</div>
	);
}

/** Of an integration without a Webhook tab, where it is set otherwise. */
function Order() {
	return <OrderCard sample={useSampleEvent()} />;
}
