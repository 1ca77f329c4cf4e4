import { useEffect, useRef, useState } from "preact/hooks";
import type { StepType } from "../../worker/api/types";
import { Button, IconButton } from "../components/button";
import { AddIcon, CloseIcon } from "../components/icons";
import { acceptSteps } from "./drag";
import { StepLibrary } from "./step-library";

interface InsertPointProps {
	index: number;
	open: boolean;
	readOnly: boolean;
	/** Behind the last step: the button says what it does. */
	last?: boolean;
	onOpen: (index: number | null) => void;
	onChoose: (type: StepType) => void;
	/** A card was dropped here. */
	onDrop: (from: number) => void;
}

/** A place between two cards: the line, a button that adds here, and where a dragged card may go. */
export function InsertPoint({ index, open, readOnly, last = false, onOpen, onChoose, onDrop }: InsertPointProps) {
	const place = useRef<HTMLDivElement>(null);
	const button = useRef<HTMLButtonElement>(null);
	const [over, setOver] = useState(false);
	const drop = useRef(onDrop);
	drop.current = onDrop;

	useEffect(() => {
		if (readOnly || place.current === null) return;
		return acceptSteps(place.current, {
			accepts: (from) => from !== index && from !== index - 1,
			onOver: setOver,
			onDrop: (from) => drop.current(from),
		});
	}, [readOnly, index]);

	useEffect(() => {
		if (open) place.current?.querySelector<HTMLElement>(".step-kind")?.focus();
	}, [open]);

	const close = (): void => {
		onOpen(null);
		setTimeout(() => button.current?.focus());
	};

	if (open)
		return (
			// biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from anywhere within
			<div
				class="insert-open"
				ref={place}
				onKeyDown={(event) => {
					if (event.key !== "Escape") return;
					event.stopPropagation();
					close();
				}}
			>
				<div class="row apart">
					<strong>Add a step here</strong>
					<IconButton icon={CloseIcon} label="Close" onClick={close} />
				</div>
				<StepLibrary onChoose={onChoose} />
			</div>
		);
	return (
		<div class="insert" ref={place} data-over={over} data-last={last}>
			{!readOnly &&
				(last ? (
					<Button ref={button} icon={AddIcon} small onClick={() => onOpen(index)}>
						Add step
					</Button>
				) : (
					<IconButton
						ref={button}
						icon={AddIcon}
						label={`Add a step at position ${index + 1}`}
						tip="Add a step here"
						onClick={() => onOpen(index)}
					/>
				))}
		</div>
	);
}
