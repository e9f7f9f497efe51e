/**
 * Where a runner listens unless it is told otherwise, and so where the app looks for one on its own machine.
 * Unassigned by IANA's registry of service names.
 */
export const defaultRunnerPort = 8765;
