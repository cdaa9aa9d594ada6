interface LiveRegionProps {
  /** What has just happened, as a sentence; empty until something has. */
  message: string;
  /** Interrupts what is being read out. For refusals alone. */
  urgent?: boolean;
}

/** Stays mounted: assistive technology announces changes of a region, not its arrival. */
export function LiveRegion({ message, urgent = false }: LiveRegionProps) {
  return (
    <span role={urgent ? "alert" : "status"} aria-live={urgent ? "assertive" : "polite"} className="sr-only">
      {message}
    </span>
  );
}
