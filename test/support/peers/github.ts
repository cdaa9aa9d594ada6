import { createServer } from "node:http";

export type GitHubAnswer = {
  readonly path: string;
  readonly authorization: string;
  readonly body: { readonly state: string; readonly comment: string };
};

export type GitHub = {
  /** What was answered to the jobs of a repository, in order. */
  readonly answersFor: (repository: string) => readonly GitHubAnswer[];
  readonly stop: () => void;
};

/**
 * GitHub's part, where `GITHUB_API_URL` looks for it: a token for the installation, and the callback of
 * the rule. A job of `acme/cancelled` is gone; for `acme/down` GitHub has a fault.
 */
export async function startGitHub(): Promise<GitHub> {
  const answers: GitHubAnswer[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      const path = request.url ?? "";
      if (path.endsWith("/access_tokens")) {
        response
          .writeHead(201)
          .end(JSON.stringify({ token: "ghs_test", expires_at: "2099-01-01T00:00:00Z", permissions: {} }));
        return;
      }
      if (path.includes("acme/cancelled")) return void response.writeHead(404).end("{}");
      if (path.includes("acme/down")) return void response.writeHead(502).end("{}");
      answers.push({ path, authorization: String(request.headers.authorization), body: JSON.parse(text) });
      response.writeHead(204).end();
    });
  });
  const port = Number(new URL(process.env.GITHUB_API_URL ?? "").port);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    answersFor: (repository) => answers.filter(({ path }) => path.includes(repository)),
    stop: () => server.close(),
  };
}
