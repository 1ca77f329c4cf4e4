export * from "./alerts";
export * from "./connection";
export * from "./integration";
export * from "./series";
export * from "./throttle";
export * from "./user";
export * from "./workspace";
