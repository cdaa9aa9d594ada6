"use server";

import { chooseWayInput, markNotificationsInput } from "#lib/domain/inputs/notifications.ts";
import { chooseWay, markNotifications } from "#lib/services/notifications.ts";
import type { ActionResult } from "./action-result.ts";
import { runAction } from "./run-action.ts";

export async function markNotificationsAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(markNotificationsInput, input, markNotifications);
}

export async function chooseWayAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(chooseWayInput, input, chooseWay);
}
