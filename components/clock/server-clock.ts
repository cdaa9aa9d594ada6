// How far the server's clock is ahead of this device's. Every reading arrives late, never early,
// so the largest difference seen is the truest; a reading from a cached page is ignored by itself.
let aheadMs = Number.NEGATIVE_INFINITY;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Takes a time that the server has just told (ISO 8601); a later reading never makes it worse. */
export function learnServerTime(serverNow: string): void {
  aheadMs = Math.max(aheadMs, Date.parse(serverNow) - Date.now());
}

/** The second that it is by the server, in milliseconds; by the device until the server's is learnt. */
export function serverSecond(): number {
  return Math.floor(serverTime() / 1000) * 1000;
}

/** A moment of this device's clock, in milliseconds, by the server's. */
export function byServer(deviceMs: number): number {
  return deviceMs + (Number.isFinite(aheadMs) ? aheadMs : 0);
}

function serverTime(): number {
  return byServer(Date.now());
}

/** Calls back at every full second of the server's clock, while the page is visible. */
export function onSecond(listener: () => void): () => void {
  if (listeners.size === 0) start();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stop();
  };
}

function start() {
  document.addEventListener("visibilitychange", resume);
  resume();
}

function stop() {
  document.removeEventListener("visibilitychange", resume);
  clearTimeout(timer);
}

function resume() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") tick();
}

function tick() {
  for (const listener of listeners) listener();
  timer = setTimeout(tick, 1000 - (Math.floor(serverTime()) % 1000));
}
