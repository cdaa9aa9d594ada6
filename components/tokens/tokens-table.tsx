import type { TokenView } from "#lib/queries/list-tokens.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { RevokeTokenButton } from "./revoke-token-button.tsx";

export function TokensTable({ tokens, now }: { tokens: readonly TokenView[]; now: string }) {
  return (
    <Table label="API tokens">
      <TableHead>
        <tr>
          <TableHeader>Token</TableHeader>
          <TableHeader>Scopes</TableHeader>
          <TableHeader>Last used</TableHeader>
          <TableHeader>Ends</TableHeader>
          <TableHeader>
            <span className="sr-only">Actions</span>
          </TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {tokens.map((token) => (
          <TableRow key={token.id}>
            <TableCell>
              <span className="font-medium">{token.name}</span>{" "}
              {token.state !== "active" && <Badge tone="void">{token.state}</Badge>}
              <span className="block text-sm text-ink-faint">of {token.person}</span>
            </TableCell>
            <TableCell>
              <span className="flex flex-wrap gap-1.5">
                {token.scopes.map((scope) => (
                  <Badge key={scope}>{scope}</Badge>
                ))}
              </span>
            </TableCell>
            <TableCell label="Last used">
              {token.lastUsedAt === null ? (
                <span className="text-ink-faint">never</span>
              ) : (
                <Time at={token.lastUsedAt} now={now} />
              )}
            </TableCell>
            <TableCell label="Ends">
              <Time at={token.expiresAt} now={now} />
            </TableCell>
            <TableCell className="text-right max-sm:ml-auto">
              {token.state === "active" && <RevokeTokenButton tokenId={token.id} name={token.name} />}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
