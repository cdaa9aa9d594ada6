import type { NextConfig } from "next";

// The test run builds beside the running server, never over it.
const distDir = process.env.NEXT_DIST_DIR ?? ".next";

// What no page here needs: nothing that gets in by a hole in a page can ask for it either.
const PERMISSIONS = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "display-capture",
  "encrypted-media",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "screen-wake-lock",
  "serial",
  "usb",
  "window-management",
  "xr-spatial-tracking",
]
  .map((feature) => `${feature}=()`)
  .join(", ");

const config: NextConfig = {
  distDir,
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // Types are a step of their own in `npm run verify`; whoever starts the app need not wait for it.
  typescript: { ignoreBuildErrors: true },
  productionBrowserSourceMaps: false,
  // No page has a picture to optimize; the optimizer's address would fetch and log what strangers name.
  images: { unoptimized: true },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
      ],
    },
    // Said of documents alone; on each of a page's scripts and styles it would be half a kilobyte for nothing.
    {
      source: "/:path((?!_next/static/).*)",
      headers: [
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        { key: "Permissions-Policy", value: PERMISSIONS },
      ],
    },
    // Documents have the policy of `proxy.ts`; whatever else a browser opens by itself may do nothing.
    {
      source: "/:path(api|cli|_next)/:rest*",
      headers: [
        { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'; sandbox" },
      ],
    },
  ],
  serverExternalPackages: ["@react-pdf/renderer", "pg", "piscina", "pg-boss", "@node-rs/argon2"],
  experimental: {
    serverActions: { bodySizeLimit: "256kb" },
  },
};

export default config;
