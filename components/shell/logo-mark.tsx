/** A gate with two ticks in it: one signs, one countersigns. Decoration beside the name. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className} fill="none">
      <path
        d="M10.6 1.4a2 2 0 0 1 2.8 0l9.2 9.2a2 2 0 0 1 0 2.8l-9.2 9.2a2 2 0 0 1-2.8 0l-9.2-9.2a2 2 0 0 1 0-2.8z"
        className="fill-action"
      />
      <g strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M5.8 12.4l2.9 2.9 5-6.3" className="stroke-on-action" />
        <path d="M12.4 14.9l.5.4 5-6.3" className="stroke-proof" />
      </g>
    </svg>
  );
}
