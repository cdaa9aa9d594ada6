import { on, type ActionRows } from "#test/support/action-rows.ts";

const ITEM = { items: ["mtls-enabled"] };

export const rows: ActionRows = {
  assignItemsAction: {
    asks: "item.assign",
    about: "record",
    takesRevision: true,
    example: (_world, id) => on(id, { ...ITEM, ownerId: null }),
    refusals: [
      ["wrong role", "auditor", ({ fresh }) => on(fresh, { ...ITEM, ownerId: null }), "forbidden"],
      [
        "an owner who ticks nothing",
        "lead",
        ({ fresh, people }) => on(fresh, { ...ITEM, ownerId: people.auditor.id }),
        "invalid-input",
      ],
      ["another team's", "lead", ({ foreign }) => on(foreign, { ...ITEM, ownerId: null }), "not-found"],
    ],
  },
  setItemsDueAction: {
    asks: "item.set-due",
    about: "record",
    takesRevision: true,
    example: (_world, id) => on(id, { ...ITEM, dueAt: null }),
    refusals: [
      ["wrong role", "engineer", ({ fresh }) => on(fresh, { ...ITEM, dueAt: null }), "forbidden"],
      ["no date", "lead", ({ fresh }) => on(fresh, { ...ITEM, dueAt: "soon" }), "invalid-input"],
      ["another team's", "lead", ({ foreign }) => on(foreign, { ...ITEM, dueAt: null }), "not-found"],
    ],
  },
};
