import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Not found" };

/**
 * Every address that no page has, so that it says so in the frame that the reader knows. Not the root's
 * `not-found.tsx`: Next renders that with each page of the app, whether it is shown or not.
 */
export default function Nowhere() {
  notFound();
}
