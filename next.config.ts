import type { NextConfig } from "next";

// The test run builds beside the running server, never over it.
const distDir = process.env.NEXT_DIST_DIR ?? ".next";

const config: NextConfig = {
  distDir,
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // Types are a step of their own in `npm run verify`; whoever starts the app need not wait for it.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Referrer-Policy", value: "same-origin" },
      ],
    },
  ],
  serverExternalPackages: ["pg", "piscina", "pg-boss", "@node-rs/argon2"],
  experimental: {
    serverActions: { bodySizeLimit: "256kb" },
  },
};

export default config;
