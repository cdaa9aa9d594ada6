import { fileTypeFromBuffer } from "file-type";

/** A file's type as its own bytes tell it; text without a signature is plain text, whatever it says. */
export async function mediaTypeOf(content: Uint8Array): Promise<string> {
  const known = await fileTypeFromBuffer(content);
  if (known !== undefined) return known.mime;
  return isText(content) ? "text/plain" : "application/octet-stream";
}

function isText(content: Uint8Array): boolean {
  try {
    return !new TextDecoder("utf-8", { fatal: true }).decode(content).includes("\u0000");
  } catch {
    return false;
  }
}
