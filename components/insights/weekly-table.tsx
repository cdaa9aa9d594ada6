import type { Week } from "#lib/domain/insights.ts";
import { formatDate } from "#components/clock/format-clock.ts";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import { PARTS } from "./week-parts.ts";

/** The figures of the bars in words. */
export function WeeklyTable({ weeks }: { weeks: readonly Week[] }) {
  return (
    <VisuallyHidden>
      <table>
        <caption>Deployments by week</caption>
        <thead>
          <tr>
            <th scope="col">Week from</th>
            {PARTS.map(({ key, title }) => (
              <th key={key} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.from}>
              <th scope="row">{formatDate(Date.parse(week.from))}</th>
              {PARTS.map(({ key }) => (
                <td key={key}>{week[key]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}
