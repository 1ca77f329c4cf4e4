export * from "./connection";
export * from "./integration";
export * from "./throttle";
export * from "./user";
export * from "./workspace";
