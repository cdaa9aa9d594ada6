import NotFound from "../not-found.tsx";

/** The same inside the app's frame. Next takes no metadata from a nested one, so the title stands in it. */
export default function NotFoundInApp() {
  return (
    <>
      <title>Not found · Countersign</title>
      <NotFound />
    </>
  );
}
