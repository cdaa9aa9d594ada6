import { afterEach, beforeEach, expect, vi } from "vitest";

// Whatever complains fails the test that made it complain.
beforeEach(() => {
  vi.spyOn(console, "error");
  vi.spyOn(console, "warn");
});

afterEach(() => {
  expect(console.error, "something wrote to console.error").not.toHaveBeenCalled();
  expect(console.warn, "something wrote to console.warn").not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
