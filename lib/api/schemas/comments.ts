import { z } from "zod";

const person = z.object({ id: z.uuid(), name: z.string() });
const stamp = z.object({ at: z.iso.datetime(), by: person });

const comment = z
  .object({
    id: z.uuid(),
    item: z.string().nullable(),
    text: z.string().nullable().describe("Null once it is deleted; earlier texts stand in the history"),
    mentions: z.array(person),
    added: stamp,
    editedAt: z.iso.datetime().nullable(),
    deleted: stamp.nullable(),
    mayEdit: z.boolean(),
    mayDelete: z.boolean(),
  })
  .meta({ id: "Comment" });

export const commentPage = z.object({ comments: z.array(comment), nextCursor: z.string().nullable() });

export const people = z.object({
  people: z.array(person.extend({ mayOwn: z.boolean().describe("Whether they may own an item") })),
});
