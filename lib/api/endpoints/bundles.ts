import { z } from "zod";
import { byteStream } from "#lib/exports/streams.ts";
import { makeBundle } from "#lib/services/bundles.ts";
import { attachment } from "../attachment.ts";
import { defineEndpoint } from "../endpoint.ts";
import { idParams, none } from "../schemas/parameters.ts";

export const getBundleEndpoint = defineEndpoint({
  id: "getBundle",
  method: "GET",
  path: "/deployments/{id}/bundle",
  summary: "Take a deployment out as a signed bundle",
  description:
    "A ZIP with every event, what each signature covers, the proof that the signed log holds them, and the evidence files; `node countersign.mjs verify` checks it offline, with the program from `/cli/countersign.mjs`. Where retention has removed the content, it holds what is left of each event, and the stone that tells of the removal.",
  tag: "History",
  action: "deployment.view",
  params: idParams,
  query: none,
  body: null,
  response: z.string().meta({ format: "binary" }),
  handle: async ({ actor, params: { id } }) => {
    const { name, chunks } = await makeBundle(actor, id);
    return new Response(byteStream(chunks), { headers: attachment(name, "application/zip") });
  },
});
