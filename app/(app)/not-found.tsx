import { NothingHere } from "#components/shell/nothing-here.tsx";

/** Inside the app's frame already. Next takes no metadata from a nested one, so the title stands in it. */
export default function NotFoundInApp() {
  return (
    <>
      <title>Not found · Countersign</title>
      <NothingHere />
    </>
  );
}
