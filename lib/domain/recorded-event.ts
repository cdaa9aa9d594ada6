import type { EventActor } from "./actor.ts";
import type { DeploymentEventData } from "./events.ts";
import type { InstallationEventData } from "./installation-events.ts";

type AllEventData = DeploymentEventData & InstallationEventData;

/** Any recorded event, as its canonical text says it. */
export type RecordedEvent = {
  [T in keyof AllEventData]: {
    readonly type: T;
    readonly data: AllEventData[T];
    readonly actor: EventActor;
    readonly at: string;
    readonly seq: number;
    readonly stream: string;
    readonly prev: string | null;
  };
}[keyof AllEventData];
