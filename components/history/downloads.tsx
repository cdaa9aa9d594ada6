import { buttonVariants } from "#components/ui/button-variants.ts";
import { Icon } from "#components/ui/icon.tsx";

export type Download = { readonly href: string; readonly label: string };

/** Files to take out. Plain links: the browser streams them to disk. */
export function Downloads({ label, files }: { label: string; files: readonly Download[] }) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap items-center gap-2">
      {files.map(({ href, label: name }) => (
        <a key={href} href={href} download className={buttonVariants()}>
          <Icon name="download" />
          {name}
        </a>
      ))}
    </div>
  );
}
