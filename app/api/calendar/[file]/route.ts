import { readCalendar } from "#lib/api/calendar.ts";

type Context = { readonly params: Promise<{ readonly file: string }> };

/** What calendar programs read at a person's secret address. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return readCalendar(request, (await params).file);
}
