import { Fragment } from "react";
import { Time } from "../../ui/Time.js";
import { AccessGroup } from "./AccessGroup.js";
import type { Group } from "./log/groups.js";

/** Groups under their days. */
export function AccessDays({ groups }: { groups: readonly Group[] }) {
  return byDay(groups).map((ofDay) => (
    <Fragment key={ofDay[0].day}>
      <h3>
        <Time value={ofDay[0].entries[0].time} day />
      </h3>
      <ul className="plain accesses">
        {ofDay.map((group) => (
          <AccessGroup key={group.key} group={group} />
        ))}
      </ul>
    </Fragment>
  ));
}

function byDay(groups: readonly Group[]): [Group, ...Group[]][] {
  const days: [Group, ...Group[]][] = [];
  for (const group of groups) {
    const last = days.at(-1);
    if (last?.[0].day === group.day) last.push(group);
    else days.push([group]);
  }
  return days;
}
