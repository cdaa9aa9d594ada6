"use client";

import { type ComponentProps, useRef, useState } from "react";
import { fill, tellReact } from "#components/forms/form-fields.ts";
import { Button } from "./button.tsx";
import { Input } from "./input.tsx";

const LENGTH = 20;
// Without what is taken for another: no 0 O o, no 1 l I.
const CHARACTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** A password that somebody chooses for somebody else: it can be made up here, and looked at. */
export function NewPasswordInput(control: Omit<ComponentProps<"input">, "type" | "ref">) {
  const field = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);
  const makeUp = () => {
    if (field.current === null) return;
    fill(field.current, madeUp());
    tellReact(field.current);
    setShown(true);
  };
  return (
    <div className="flex gap-2">
      <Input
        {...control}
        ref={field}
        type={shown ? "text" : "password"}
        autoComplete="new-password"
        spellCheck={false}
        mono={shown}
      />
      <Button aria-pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? "Hide" : "Show"}
      </Button>
      <Button onClick={makeUp}>Generate</Button>
    </div>
  );
}

function madeUp(): string {
  // 56 characters divide no byte evenly; of what is left over the first are too likely, so they are dropped.
  const fair = 256 - (256 % CHARACTERS.length);
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH * 4)).filter((byte) => byte < fair);
  return Array.from(bytes.slice(0, LENGTH), (byte) => CHARACTERS[byte % CHARACTERS.length]).join("");
}
