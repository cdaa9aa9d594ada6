import { answer } from "#lib/api/answer.ts";

type Context = { readonly params: Promise<{ readonly path: readonly string[] }> };

async function handle(request: Request, { params }: Context): Promise<Response> {
  return answer(request, (await params).path);
}

export {
  handle as GET,
  handle as HEAD,
  handle as POST,
  handle as PUT,
  handle as PATCH,
  handle as DELETE,
  handle as OPTIONS,
};
