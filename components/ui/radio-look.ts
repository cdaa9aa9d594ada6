/** A native radio, drawn by its border. */
export const radioLook =
  "touch-target size-4 shrink-0 appearance-none rounded-full border-[1.5px] border-line-strong bg-raised transition-all checked:border-[5px] checked:border-action disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken";
