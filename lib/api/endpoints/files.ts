import { z } from "zod";
import { byteStream } from "#lib/exports/streams.ts";
import { getFile } from "#lib/queries/get-file.ts";
import { attachment } from "../attachment.ts";
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
    const { name, mediaType, sha256, bytes, content } = await getFile(actor, id);
    return new Response(byteStream(content), {
      headers: {
        ...attachment(name, mediaType),
        "content-length": String(bytes),
        digest: `sha-256=${Buffer.from(sha256, "hex").toString("base64")}`,
      },
    });
  },
});
