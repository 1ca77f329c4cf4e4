import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";

/** Dragging step cards by their handles. The same can be done by buttons and keys. */

const KIND = "step";

/** @returns stops it */
export function makeDraggable(card: HTMLElement, handle: HTMLElement, index: number, onDragging: (dragging: boolean) => void): () => void {
	return draggable({
		element: card,
		dragHandle: handle,
		getInitialData: () => ({ kind: KIND, index }),
		onDragStart: () => onDragging(true),
		onDrop: () => onDragging(false),
	});
}

interface DropOptions {
	/** False where dropping would change nothing. */
	accepts: (from: number) => boolean;
	onOver: (over: boolean) => void;
	onDrop: (from: number) => void;
}

/** @returns stops it */
export function acceptSteps(place: HTMLElement, { accepts, onOver, onDrop }: DropOptions): () => void {
	return dropTargetForElements({
		element: place,
		canDrop: ({ source }) => source.data.kind === KIND && accepts(Number(source.data.index)),
		onDragEnter: () => onOver(true),
		onDragLeave: () => onOver(false),
		onDrop: ({ source }) => {
			onOver(false);
			onDrop(Number(source.data.index));
		},
	});
}
