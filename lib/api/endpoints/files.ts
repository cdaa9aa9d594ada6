import { z } from "zod";
import { getFile } from "#lib/queries/get-file.ts";
import { defineEndpoint } from "../endpoint.ts";
import { idParams, none } from "../schemas/parameters.ts";

export const downloadFileEndpoint = defineEndpoint({
  id: "downloadFile",
  method: "GET",
  path: "/files/{id}",
  summary: "Download a file or report",
  description: "Always as an attachment: nothing in it runs in the app's origin.",
  tag: "Items",
  action: "deployment.view",
  params: idParams,
  query: none,
  body: null,
  response: z.string().meta({ format: "binary" }),
  handle: async ({ actor, params: { id } }) => {
    const { name, mediaType, sha256, content } = await getFile(actor, id);
    return new Response(new Uint8Array(content), {
      headers: {
        "content-type": mediaType,
        "content-length": String(content.length),
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, percent)}`,
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, no-store",
        digest: `sha-256=${Buffer.from(sha256, "hex").toString("base64")}`,
      },
    });
  },
});

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
