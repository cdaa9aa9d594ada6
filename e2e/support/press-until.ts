import { expect, type Locator, type Page } from "@playwright/test";

/** Keys reach nobody until the page's script has come, so they are pressed until something shows. */
export async function pressUntil(page: Page, keys: readonly string[], shown: Locator): Promise<void> {
  await expect(async () => {
    for (const key of keys) await page.keyboard.press(key);
    await shown.waitFor({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
}
