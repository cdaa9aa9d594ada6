// Pages may compile no code (`lib/api/content-security-policy.ts`); without this zod would try whether
// they may, and each try is a violation. It is where zod's own `config` keeps it; that one would bring
// a part of zod to every page.
Reflect.set(globalThis, "__zod_globalConfig", { jitless: true });
