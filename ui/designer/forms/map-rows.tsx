import type { WorkflowProblem } from "../../../worker/api/types";
import { Button, IconButton } from "../../components/button";
import { TextField } from "../../components/field";
import { AddIcon, DeleteIcon } from "../../components/icons";
import { useKeyedRows } from "../../pages/editor/components/keyed-rows";
import { ExpressionField } from "../expression-field";

interface MapRowsProps {
	output: Record<string, string>;
	index: number;
	readOnly: boolean;
	problems: readonly WorkflowProblem[];
	onOutput: (output: Record<string, string>) => void;
}

/** A map's output as rows of field and value. */
export function MapRows({ output, index, readOnly, problems, onOutput }: MapRowsProps) {
	const rows = useKeyedRows<string>(output, onOutput);
	const errorOf = (name: string): string | undefined => problems.find((problem) => problem.field === `output.${name}`)?.message;
	return (
		<>
			{rows.rows.map((row) => (
				<div class="map-row" key={row.key}>
					<TextField
						label="Name of the field"
						unlabelled
						mono
						placeholder="field"
						value={row.name}
						disabled={readOnly}
						spellcheck={false}
						error={rows.doubled.has(row.key) ? "This name is taken." : undefined}
						onValue={(name) => rows.change(row.key, { name })}
					/>
					<ExpressionField
						label={`Value of ${row.name || "the field"}`}
						unlabelled
						kind="template"
						value={row.value}
						index={index}
						readOnly={readOnly}
						placeholder="{{ event.body.sku }}"
						error={errorOf(row.name)}
						onValue={(value) => rows.change(row.key, { value })}
					/>
					<IconButton
						icon={DeleteIcon}
						label={`Remove ${row.name || "the field"}`}
						disabled={readOnly}
						onClick={() => rows.remove(row.key)}
					/>
				</div>
			))}
			{rows.rows.length === 0 && <p class="soft">No fields yet: the output is an empty object.</p>}
			{!readOnly && (
				<div>
					<Button small icon={AddIcon} onClick={() => rows.add("", "")}>
						Add field
					</Button>
				</div>
			)}
		</>
	);
}
