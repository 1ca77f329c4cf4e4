import type { ButtonHTMLAttributes, ComponentChildren, Ref } from "preact";
import type { Icon } from "./icons";
import "./button.css";

type Kind = "primary" | "plain" | "quiet" | "danger";

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "size" | "ref"> {
	/** primary: the one main act of a screen; plain: others; quiet: without a frame; danger: destroys. */
	kind?: Kind;
	icon?: Icon;
	/** While true the button keeps its size and place, and does nothing. */
	busy?: boolean;
	small?: boolean;
	children: ComponentChildren;
	ref?: Ref<HTMLButtonElement>;
}

/** A button with words. `type` is "button" unless told. */
export function Button({
	kind = "plain",
	icon: Picture,
	busy = false,
	small = false,
	class: extra,
	children,
	disabled,
	...rest
}: ButtonProps) {
	return (
		<button
			type="button"
			{...rest}
			class={join("button", kind, small && "small-button", extra)}
			disabled={disabled === true || busy}
			aria-busy={busy || undefined}
		>
			{Picture && <Picture />}
			<span>{children}</span>
		</button>
	);
}

interface LinkButtonProps {
	href: string;
	kind?: Kind;
	icon?: Icon;
	small?: boolean;
	/** Leads to another system: opens beside this page, which it learns nothing of. */
	away?: boolean;
	children: ComponentChildren;
}

/** A link that looks like a button: it leads somewhere, it does nothing. */
export function LinkButton({ href, kind = "plain", icon: Picture, small = false, away = false, children }: LinkButtonProps) {
	return (
		<a href={href} class={join("button", kind, small && "small-button")} {...(away && { target: "_blank", rel: "noopener noreferrer" })}>
			{Picture && <Picture />}
			<span>{children}</span>
		</a>
	);
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "ref" | "label"> {
	icon: Icon;
	/** Accessible name, shown as a tooltip too: "Delete Stock sync". */
	label: string;
	/** Tooltip, where it should be shorter than the name. */
	tip?: string;
	/** Draws the icon in the accent blue. */
	accent?: boolean;
	/** Leads there instead of acting. */
	href?: string;
	ref?: Ref<HTMLButtonElement>;
}

/** A square button or, with `href`, a link that shows an icon alone. */
export function IconButton({ icon: Picture, label, tip, accent = false, href, class: extra, ...rest }: IconButtonProps) {
	const classes = join("icon-button", accent && "accent", extra);
	if (href !== undefined)
		return (
			<a href={href} class={classes} aria-label={label} title={tip ?? label}>
				<Picture />
			</a>
		);
	return (
		<button type="button" {...rest} class={classes} aria-label={label} title={tip ?? label}>
			<Picture />
		</button>
	);
}

/** Class names without the false ones. */
export function join(...names: unknown[]): string {
	return names.filter((name) => typeof name === "string" && name !== "").join(" ");
}
