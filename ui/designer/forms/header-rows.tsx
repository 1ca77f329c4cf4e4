import type { HttpStep } from "../../../worker/api/types";
import { Button, IconButton } from "../../components/button";
import { TextField } from "../../components/field";
import { AddIcon, DeleteIcon } from "../../components/icons";
import { useKeyedRows } from "../../pages/editor/components/keyed-rows";
import { ExpressionField } from "../expression-field";

interface HeaderRowsProps {
	step: HttpStep;
	index: number;
	readOnly: boolean;
	errorOf: (field: string) => string | undefined;
	onStep: (step: HttpStep, field: string) => void;
}

/** The request's headers, one a row. */
export function HeaderRows({ step, index, readOnly, errorOf, onStep }: HeaderRowsProps) {
	const rows = useKeyedRows<string>(step.headers, (headers) => onStep({ ...step, headers }, "headers"));
	return (
		<div class="stack tight">
			<span class="form-label">Headers</span>
			{rows.rows.map((row) => (
				<div class="map-row" key={row.key}>
					<TextField
						label="Name of the header"
						unlabelled
						mono
						placeholder="X-Source"
						value={row.name}
						disabled={readOnly}
						spellcheck={false}
						error={rows.doubled.has(row.key) ? "This header is there already." : undefined}
						onValue={(name) => rows.change(row.key, { name })}
					/>
					<ExpressionField
						label={`Value of ${row.name || "the header"}`}
						unlabelled
						singleLine
						kind="text"
						value={row.value}
						index={index}
						readOnly={readOnly}
						error={errorOf(`headers.${row.name}`)}
						onValue={(value) => rows.change(row.key, { value })}
					/>
					<IconButton
						icon={DeleteIcon}
						label={`Remove ${row.name || "the header"}`}
						disabled={readOnly}
						onClick={() => rows.remove(row.key)}
					/>
				</div>
			))}
			{errorOf("headers") && <p class="field-error">{errorOf("headers")}</p>}
			{!readOnly && (
				<div>
					<Button small icon={AddIcon} onClick={() => rows.add("", "")}>
						Add header
					</Button>
				</div>
			)}
		</div>
	);
}
