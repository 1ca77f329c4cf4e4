/** Stands for a credential, or what a webhook masks, in what the API shows. */
export const MASK = "••••";
