import type { NextConfig } from "next";

// The test run builds beside the running server, never over it.
const distDir = process.env.NEXT_DIST_DIR ?? ".next";

const config: NextConfig = {
  distDir,
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  serverExternalPackages: ["pg", "@node-rs/argon2"],
  experimental: {
    serverActions: { bodySizeLimit: "256kb" },
  },
};

export default config;
