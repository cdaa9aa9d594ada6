import { config } from "zod/v4/core";

// Pages may compile no code (`lib/api/content-security-policy.ts`); without this zod would try whether
// they may, and each try is a violation.
config({ jitless: true });
