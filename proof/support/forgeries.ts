/** Headers as a page of somebody else, or a program that is no browser, would send them. */
export type Forgery = { readonly name: string; readonly headers: Readonly<Record<string, string>> };

/** Every way to send a write that does not come from a page under `origin`. */
export function forgeriesOf(origin: string): readonly Forgery[] {
  const { host, port, hostname } = new URL(origin);
  const evil = "https://evil.example";
  const origins: Readonly<Record<string, string>> = {
    null: "null",
    foreign: evil,
    "of another port": `http://${hostname}:${Number(port) + 1}`,
    "of another scheme": origin.replace("http:", "https:"),
    "of a name below": `http://a.${host}`,
    "that begins like ours": `${origin}.evil.example`,
    "that ends like ours": `http://evil.example/${host}`,
    "with a user in it": `http://${host}@evil.example`,
    "with a path": `${origin}/`,
    "in capitals": origin.toUpperCase(),
    twice: `${origin}, ${evil}`,
    "after a space": `${evil} ${origin}`,
    "that is no address": "not an origin",
    "of a file": "file://",
    empty: "",
  };
  const forwarded = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    forwarded: "host=evil.example;proto=https",
    "x-original-host": "evil.example",
  };
  return [
    { name: "no Origin", headers: {} },
    { name: "no Origin, a referrer of ours", headers: { referer: `${origin}/deployments` } },
    ...Object.entries(origins).map(([name, value]) => ({
      name: `an Origin ${name}`,
      headers: { origin: value },
    })),
    { name: "a foreign Origin that the forwarded host agrees with", headers: { origin: evil, ...forwarded } },
    { name: "no Origin, a forwarded host", headers: forwarded },
    { name: "our Origin, said to be cross-site", headers: { origin, "sec-fetch-site": "cross-site" } },
    { name: "our Origin, said to be same-site", headers: { origin, "sec-fetch-site": "same-site" } },
    {
      name: "a foreign Origin, another method in a header",
      headers: { origin: evil, "x-http-method-override": "PUT" },
    },
  ];
}
