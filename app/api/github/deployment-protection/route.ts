import { receiveGitHub } from "#lib/api/receive-github.ts";

/** GitHub's webhook for custom deployment protection rules. */
export const POST = receiveGitHub;
