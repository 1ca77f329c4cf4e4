import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { CodeField } from "./code-field";
import { shorten } from "./completion";
import { useDesigner } from "./context";
import type { Evaluated, FieldKind } from "./preview-protocol";

interface ExpressionFieldProps {
	label: string;
	value: string;
	onValue: (text: string) => void;
	/** How the text becomes a value. */
	kind: FieldKind;
	/** Position of the step among the steps: what it may refer to. */
	index: number;
	singleLine?: boolean;
	readOnly: boolean;
	placeholder?: string;
	help?: ComponentChildren;
	error?: string | undefined;
	unlabelled?: boolean;
	class?: string;
}

/** Milliseconds of quiet before the result is worked out. */
const QUIET_MS = 180;

/** A field that may hold expressions: completes over the sample and shows what it gives. */
export function ExpressionField(props: ExpressionFieldProps) {
	const { sample, target } = useDesigner();
	const { kind, value, index, label } = props;
	return (
		<CodeField
			label={label}
			value={value}
			onValue={props.onValue}
			language={kind === "expression" ? "expression" : "template"}
			singleLine={props.singleLine ?? false}
			readOnly={props.readOnly}
			placeholder={props.placeholder ?? ""}
			help={props.help}
			error={props.error}
			unlabelled={props.unlabelled ?? false}
			class={props.class ?? ""}
			scope={() => sample.scopeAt(index)}
			onFocus={(handle) => {
				target.current = { label, handle, isExpression: kind === "expression" };
			}}
		>
			<Result kind={kind} source={value} index={index} quiet={props.error !== undefined} />
		</CodeField>
	);
}

/** @param quiet the field says already what is wrong, which a value over the sample would only contradict */
function Result({ kind, source, index, quiet }: { kind: FieldKind; source: string; index: number; quiet: boolean }) {
	const { sample, preview } = useDesigner();
	const [result, setResult] = useState<Evaluated | null>(null);
	const loaded = sample.loaded.value;
	const evaluated = kind === "expression" ? source.trim() !== "" : source.includes("{{");

	useEffect(() => {
		if (!evaluated || loaded === null) return setResult(null);
		let wanted = true;
		const timer = setTimeout(async () => {
			const answer = await preview.evaluate({ kind: "evaluate", field: kind, source, before: sample.before(index) });
			if (wanted) setResult(answer);
		}, QUIET_MS);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [evaluated, kind, source, index, loaded, preview, sample]);

	if (result === null || quiet) return null;
	if (!result.ok)
		return (
			<p class="result bad">
				<span aria-hidden="true">!</span> {result.message}
			</p>
		);
	return (
		<p class="result" title={full(result.value)}>
			<span aria-hidden="true">=</span>
			<span class="unseen">Gives </span>{" "}
			{result.missing ? <span class="faint">nothing: no such value in the sample</span> : <code>{shorten(result.value, 240)}</code>}
		</p>
	);
}

function full(value: unknown): string {
	return (JSON.stringify(value, null, 2) ?? "").slice(0, 2000);
}
