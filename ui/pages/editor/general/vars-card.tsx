import { useState } from "preact/hooks";
import { Button, IconButton } from "../../../components/button";
import { SelectField, TextArea, TextField } from "../../../components/field";
import { AddIcon, DeleteIcon } from "../../../components/icons";
import { Card } from "../../../components/surfaces";
import { type KeyedRow, useKeyedRows } from "../components/keyed-rows";
import { useEditor } from "../context";
import { convertValue, kindOfValue, readValue, textOfValue, VAR_KINDS, type VarKind } from "./var-value";
import "./vars-card.css";

/** Values that every step can read as `vars.<name>`. */
export function VarsCard() {
	const { editing } = useEditor();
	const rows = useKeyedRows<unknown>(editing.draft.value.vars, (vars) => editing.edit("vars", (before) => ({ ...before, vars })));
	return (
		<Card
			title="Variables"
			about={
				<>
					Values that steps read as <code>vars.name</code>, such as a warehouse code. Keep passwords and keys in Connections, not here.
				</>
			}
		>
			<div class="stack tight">
				{rows.rows.map((row) => (
					<VarRow
						key={row.key}
						row={row}
						doubled={rows.doubled.has(row.key)}
						readOnly={editing.readOnly}
						onChange={(part) => rows.change(row.key, part)}
						onRemove={() => rows.remove(row.key)}
					/>
				))}
				{rows.rows.length === 0 && <p class="faint">No variables.</p>}
				{!editing.readOnly && (
					<div>
						<Button small icon={AddIcon} onClick={() => rows.add("", "")}>
							Add variable
						</Button>
					</div>
				)}
			</div>
		</Card>
	);
}

interface VarRowProps {
	row: KeyedRow<unknown>;
	doubled: boolean;
	readOnly: boolean;
	onChange: (part: { name?: string; value?: unknown }) => void;
	onRemove: () => void;
}

function VarRow({ row, doubled, readOnly, onChange, onRemove }: VarRowProps) {
	const [kind, setKind] = useState<VarKind>(() => kindOfValue(row.value));
	const [half, setHalf] = useState<{ text: string; message: string } | null>(null);
	const text = half?.text ?? textOfValue(row.value);
	const named = row.name === "" ? "variable" : row.name;

	const type = (typed: string): void => {
		const read = readValue(kind, typed);
		setHalf(read.ok ? null : { text: typed, message: read.message });
		if (read.ok) onChange({ value: read.value });
	};

	return (
		<div class="var-row">
			<TextField
				label="Name of the variable"
				unlabelled
				mono
				placeholder="name"
				value={row.name}
				disabled={readOnly}
				error={doubled ? "This name is taken." : undefined}
				onValue={(name) => onChange({ name: name.replace(/[^\p{L}\p{N}_]/gu, "_") })}
			/>
			<SelectField
				label={`Kind of ${named}`}
				unlabelled
				choices={VAR_KINDS}
				value={kind}
				disabled={readOnly}
				onValue={(next) => {
					setKind(next);
					setHalf(null);
					onChange({ value: convertValue(row.value, next) });
				}}
			/>
			{kind === "boolean" ? (
				<SelectField
					label={`Value of ${named}`}
					unlabelled
					choices={[
						{ value: "true", label: "yes" },
						{ value: "false", label: "no" },
					]}
					value={row.value === true ? "true" : "false"}
					disabled={readOnly}
					onValue={type}
				/>
			) : kind === "json" ? (
				<TextArea
					label={`Value of ${named}`}
					unlabelled
					mono
					rows={3}
					value={text}
					disabled={readOnly}
					error={half?.message}
					onValue={type}
				/>
			) : (
				<TextField label={`Value of ${named}`} unlabelled value={text} disabled={readOnly} error={half?.message} onValue={type} />
			)}
			<IconButton icon={DeleteIcon} label={`Remove ${named}`} disabled={readOnly} onClick={onRemove} />
		</div>
	);
}
