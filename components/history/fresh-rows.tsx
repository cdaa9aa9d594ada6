"use client";

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";

const SettledContext = createContext<{ readonly current: boolean }>({ current: false });

/** Rows that come while the list stands slide in once; those it began with were simply there. */
export function FreshRows({ children }: { children: ReactNode }) {
  const settled = useRef(false);
  useEffect(() => {
    settled.current = true;
  }, []);
  return <SettledContext value={settled}>{children}</SettledContext>;
}

export function FreshRow({ children }: { children: ReactNode }) {
  const settled = useContext(SettledContext);
  const [fresh] = useState(() => settled.current);
  return <li className={fresh ? "animate-arrive" : undefined}>{children}</li>;
}
