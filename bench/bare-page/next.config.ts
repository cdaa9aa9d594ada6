import { join } from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["pg"],
  turbopack: { root: join(import.meta.dirname, "..", "..") },
};

export default config;
