import { z } from "zod";

/** What a write answers: where the record stands now. */
export const changed = z.object({ revision: z.int() }).meta({ id: "Changed" });
