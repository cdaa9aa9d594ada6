import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePeers } from "./ensure-peers.ts";
import { startPeer, type Peer } from "./peer.ts";

/** A real nginx, as it comes, that hands each connection to the next of some servers. */
export async function startNginx(port: number, upstreams: readonly string[]): Promise<Peer> {
  ensurePeers("nginx");
  const folder = mkdtempSync(join(tmpdir(), "countersign-nginx-"));
  const file = join(folder, "nginx.conf");
  writeFileSync(file, configuration(folder, port, upstreams));
  const peer = await startPeer(
    "nginx",
    ["-p", folder, "-c", file, "-e", join(folder, "error.log")],
    async () => (await fetch(`http://127.0.0.1:${port}/api/health/live`)).ok,
  );
  return {
    stop: async () => {
      await peer.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number, upstreams: readonly string[]): string {
  const servers = upstreams.map((url) => `server ${new URL(url).host};`).join(" ");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join("\n  ");
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 2048; }
http {
  access_log off;
  ${temporary}
  upstream countersign { ${servers} }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://countersign;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
  }
}
`;
}
