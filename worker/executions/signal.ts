/** Wakes one waiter. A signal that came while nobody waited is not lost. */
export class Signal {
	#fired = false;
	#wake: (() => void) | null = null;

	fire(): void {
		this.#fired = true;
		this.#wake?.();
	}

	/** Resolves when the signal comes, or after `ms`; null waits for the signal alone. */
	async wait(ms: number | null): Promise<void> {
		if (!this.#fired) {
			let timer: ReturnType<typeof setTimeout> | undefined;
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
				if (ms !== null) timer = setTimeout(resolve, ms);
			});
			clearTimeout(timer);
			this.#wake = null;
		}
		this.#fired = false;
	}
}
