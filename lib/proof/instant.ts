const FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Whether a text is a moment that there is, written `2026-11-24T10:55:00.000Z`: no 13th month, no 30th of February. */
export function isInstant(text: string): boolean {
  if (!FORM.test(text)) return false;
  const moment = new Date(text);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === text;
}
