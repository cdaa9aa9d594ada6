import { z } from "zod";
import { recordId } from "./text.ts";

export const jobInput = z.strictObject({ jobId: recordId });

export type JobInput = z.infer<typeof jobInput>;
