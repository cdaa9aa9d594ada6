"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
const Demo = dynamic(() => import("./dialogs.tsx").then((m) => m.DemoDialog));
const DemoSheet = dynamic(() => import("./dialogs.tsx").then((m) => m.DemoSheet));
export function Live() {
  const [d, setD] = useState(false);
  const [s, setS] = useState(false);
  const [f, setF] = useState<"all" | "open" | "mine">("open");
  const [c, setC] = useState(true);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button id="open-dialog" variant="danger" onClick={() => setD(true)}>Roll back…</Button>
      <Button id="open-sheet" onClick={() => setS(true)}>Open item</Button>
      <Menu label="More actions" entries={[{ label: "Edit details", icon: "edit", onSelect() {} }, { label: "Reopen a phase", icon: "reopen", disabledReason: "No phase is complete yet", onSelect() {} }, { label: "Cancel deployment", icon: "close", danger: true, onSelect() {} }]} />
      <SegmentedControl name="f" label="Filter" value={f} onValueChange={setF} segments={[{ value: "all", label: "All", count: 44 }, { value: "open", label: "Open", count: 6 }, { value: "mine", label: "Mine", count: 2 }]} />
      <label className="flex items-center gap-2"><Checkbox checked={c} onChange={(e) => setC(e.target.checked)} /> Tick</label>
      {d && <Demo open onOpenChange={setD} />}
      {s && <DemoSheet open onOpenChange={setS} />}
    </div>
  );
}
