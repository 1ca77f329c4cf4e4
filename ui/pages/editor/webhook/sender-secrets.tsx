import { useState } from "preact/hooks";
import type { SenderView } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { TextArea, TextField } from "../../../components/field";
import { AddIcon, CheckIcon, UndoIcon } from "../../../components/icons";
import { Callout } from "../../../components/surfaces";
import { useEditor } from "../context";
import { calledInText } from "../senders";
import { errorOfSecret, missingStart, SECRETS_MAX, type Secret, secretsOf, withSecrets } from "./verification";

/** The secrets: entered, never shown again. Two while one is changed for the other. */
export function SenderSecrets({ view }: { view: SenderView }) {
	const { editing } = useEditor();
	const { verification } = editing.draft.value.webhook;
	const saved = editing.server.value.webhook.verification;
	const secrets = secretsOf(verification);
	const [byHand, setByHand] = useState(false);
	const name = view.secret?.name ?? "Secret";

	const set = (next: readonly Secret[], subject: string | null = null): void =>
		editing.edit(subject, (before) => ({
			...before,
			webhook: { ...before.webhook, verification: withSecrets(before.webhook.verification, next, saved) },
		}));
	const enter = (index: number, text: string): void => {
		const next = [...secrets];
		next[index] = text;
		set(secrets.length === 0 && text === "" ? [] : next, `secret ${index}`);
	};

	if (editing.readOnly)
		return <p class="field-help">{secrets.length === 0 ? "No secret is set." : `${countWords(secrets.length)} set.`}</p>;
	if (secrets.length === 0 && view.bringsSecret && !byHand)
		return (
			<div class="row sender-secret">
				<p class="grow">Nothing to enter: it hands its secret over by itself.</p>
				<Button small kind="quiet" onClick={() => setByHand(true)}>
					Enter it by hand
				</Button>
			</div>
		);

	const mayAdd = typeof secrets[0] === "object" && secrets.length < SECRETS_MAX;
	const changed = verification.scheme === saved.scheme && Array.isArray(verification.secrets) && secretsOf(saved).length > 0;
	return (
		<div class="stack tight">
			{(secrets.length === 0 ? [""] : secrets).map((secret, index) =>
				typeof secret === "string" ? (
					<SecretField
						key={`field ${index}`}
						name={name}
						label={secrets.length > 1 ? `${name}, ${index === 0 ? "first" : "second"}` : name}
						looksLike={view.secret?.looksLike ?? ""}
						value={secret}
						error={errorOfSecret(editing.fieldErrors.value, secrets, index)}
						onValue={(text) => enter(index, text)}
					/>
				) : (
					<div class="row sender-secret" key={`set ${secret.keep}`}>
						<span class="sender-set">
							<CheckIcon />
						</span>
						<span class="grow">
							{secrets.length === 1 ? `${name}: 1 secret is set` : `${name}, ${index === 0 ? "first" : "second"}: set`}
						</span>
						<Button small onClick={() => enter(index, "")}>
							Replace
						</Button>
						<Button small onClick={() => set(secrets.filter((one) => one !== secret))}>
							Remove
						</Button>
					</div>
				),
			)}
			{secrets.length === 2 && (
				<p class="field-help">
					Both are accepted while you change the secret at {calledInText(view)}. Remove the older one as soon as the newer is in use there.
				</p>
			)}
			{(mayAdd || changed) && (
				<div class="row">
					{mayAdd && (
						<Button small kind="quiet" icon={AddIcon} onClick={() => set([...secrets, ""])}>
							Add a second one
						</Button>
					)}
					{changed && (
						<Button small kind="quiet" icon={UndoIcon} onClick={() => set(secretsOf(saved))}>
							Leave the secret as it was
						</Button>
					)}
				</div>
			)}
		</div>
	);
}

interface SecretFieldProps {
	/** What the sender calls it. */
	name: string;
	label: string;
	looksLike: string;
	value: string;
	error: string | undefined;
	onValue: (text: string) => void;
}

function SecretField({ name, label, looksLike, value, error, onValue }: SecretFieldProps) {
	const common = {
		label,
		value,
		error,
		mono: true,
		placeholder: looksLike,
		autocomplete: "off",
		spellcheck: false,
		help: "Kept sealed and never shown again.",
		onValue,
	} as const;
	// The lines of a key in PEM form would run together in a single one.
	if (looksLike.includes("-----BEGIN")) return <TextArea {...common} rows={4} />;
	const start = missingStart(looksLike, value);
	return (
		<>
			<TextField {...common} type="password" />
			{start !== null && (
				<Callout kind="warn">
					“{name}” usually begins with {start}, and this does not: make sure that it is no other key. It can be saved all the same.
				</Callout>
			)}
		</>
	);
}

const countWords = (count: number): string => (count === 1 ? "1 secret is" : `${count} secrets are`);
