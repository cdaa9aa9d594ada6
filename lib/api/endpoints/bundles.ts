import { z } from "zod";
import { makeBundle } from "#lib/services/bundles.ts";
import { defineEndpoint } from "../endpoint.ts";
import { idParams, none } from "../schemas/parameters.ts";
import { streamOf } from "../stream-of.ts";

export const getBundleEndpoint = defineEndpoint({
  id: "getBundle",
  method: "GET",
  path: "/deployments/{id}/bundle",
  summary: "Take a deployment out as a signed bundle",
  description:
    "A ZIP with every event, what each signature covers, the proof that the signed log holds them, and the evidence files; `countersign verify` checks it offline. Where retention has removed the content, it holds what is left of each event, and the stone that tells of the removal.",
  tag: "History",
  action: "deployment.view",
  params: idParams,
  query: none,
  body: null,
  response: z.string().meta({ format: "binary" }),
  handle: async ({ actor, params: { id } }) => {
    const { name, chunks } = await makeBundle(actor, id);
    return new Response(streamOf(chunks), {
      headers: {
        "content-type": "application/zip",
        "content-disposition": `attachment; filename="${name}"`,
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
      },
    });
  },
});
