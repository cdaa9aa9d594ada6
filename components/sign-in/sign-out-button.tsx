"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

/** Ends the session on the server, and then leads to sign-in. */
export function SignOutButton() {
  const [pending, setPending] = useState(false);
  const leave = async () => {
    setPending(true);
    const { signOut } = await import("next-auth/react");
    await signOut({ redirect: false });
    window.location.assign("/sign-in");
  };
  return (
    <Button variant="ghost" size="sm" pending={pending} onClick={leave}>
      <Icon name="sign-out" />
      Sign out
    </Button>
  );
}
