import { randomUUID } from "node:crypto";
import { on, type ActionRows } from "#test/support/action-rows.ts";

const said = (id: string) => on(id, { text: "Seen." });
const another = (id: string, more: object = {}) => on(id, { commentId: randomUUID(), ...more });

export const rows: ActionRows = {
  addCommentAction: {
    asks: "comment.write",
    about: "record",
    takesRevision: true,
    example: (_world, id) => said(id),
    refusals: [
      ["wrong role", "auditor", ({ fresh }) => said(fresh), "forbidden"],
      ["too long", "engineer", ({ fresh }) => on(fresh, { text: "x".repeat(10_001) }), "invalid-input"],
      [
        "names a stranger",
        "engineer",
        ({ fresh }) => on(fresh, { text: "@Nobody", mentions: [randomUUID()] }),
        "invalid-input",
      ],
      ["another team's", "engineer", ({ foreign }) => said(foreign), "not-found"],
    ],
  },
  editCommentAction: {
    asks: "comment.write",
    about: "record",
    takesRevision: true,
    ruleSays: "not-found",
    example: (_world, id) => another(id, { text: "Seen." }),
    refusals: [
      ["wrong role", "auditor", ({ fresh }) => another(fresh, { text: "Seen." }), "forbidden"],
      ["another team's", "sre", ({ foreign }) => another(foreign, { text: "Seen." }), "not-found"],
    ],
  },
  deleteCommentAction: {
    asks: "comment.write",
    about: "record",
    takesRevision: true,
    ruleSays: "not-found",
    example: (_world, id) => another(id),
    refusals: [
      ["wrong role", "auditor", ({ fresh }) => another(fresh), "forbidden"],
      ["another team's", "sre", ({ foreign }) => another(foreign), "not-found"],
    ],
  },
};
