import { connection } from "next/server";
import { TickButtons } from "../tick-buttons.tsx";

/** The page that the bare actions are called on. */
export default async function TickPage() {
  await connection();
  return <TickButtons />;
}
